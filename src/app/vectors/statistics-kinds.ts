import { type Decimal, dec } from '../../domain/decimal.ts';
import { acerbiSzekelyZ2 } from '../../risk/statistics/acerbi-szekely.ts';
import {
  cornishFisher,
  isCornishFisherMonotone,
  momentsOf,
} from '../../risk/statistics/cornish-fisher.ts';
import { christoffersen, kupiec } from '../../risk/statistics/coverage-tests.ts';
import {
  effectiveObservations,
  ewmaVariance,
  ewmaVariancePath,
} from '../../risk/statistics/ewma.ts';
import {
  ascending,
  empyricalShortfall,
  expectedShortfall,
  orderStatisticVar,
  quantileType7,
} from '../../risk/statistics/historical-tail.ts';
import { standardizedResiduals } from '../../risk/statistics/residuals.ts';
import { betaAdjustedExposure } from '../../risk/var/beta-adjusted-exposure.ts';
import { parametricVar } from '../../risk/var/parametric-var.ts';
import type { Evaluate, Got, Inputs } from './vector.ts';
import { asRecord, decimalList, decimalOf, decimalsOf } from './vector.ts';

/** Statistics run on doubles: figures go in and come out as such, compared within each vector's tolerance. */
export const statisticsKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['var_parametric', ({ inputs }) => singleNormal(inputs)],
  ['var_covariance', ({ inputs }) => covariance(inputs)],
  ['ewma_variance', ({ inputs }) => withReturns(inputs, 'lam', ewma)],
  [
    'ewma_variance_recursive',
    ({ inputs }) =>
      withReturns(inputs, 'lam', (returns, decay) => ({
        variance: figure(ewmaVariancePath(returns, decay).at(-1)),
      })),
  ],
  ['historical_var_es', ({ inputs }) => withReturns(inputs, 'tail', historical)],
  ['historical_var_es_conventions', ({ inputs }) => withReturns(inputs, 'tail', conventions)],
  ['cornish_fisher', ({ inputs }) => withReturns(inputs, 'tail', bentNormal)],
  ['cornish_fisher_domain', ({ inputs }) => cornishFisherDomain(inputs)],
  ['fhs_var', ({ inputs }) => filteredHistorical(inputs)],
  ['kupiec_pof', ({ inputs }) => proportionOfFailures(inputs)],
  ['christoffersen', ({ inputs }) => coverage(inputs)],
  ['acerbi_szekely_z2', ({ inputs }) => shortfallTest(inputs)],
  ['beta_adjusted_exposure', ({ inputs }) => betaAdjusted(inputs)],
]);

/** A double as a figure; what is not finite is null. */
function figure(value: number | undefined): Decimal | null {
  return value !== undefined && Number.isFinite(value) ? dec(value) : null;
}

function numbers(value: unknown): readonly number[] | null {
  return decimalList(value)?.map((item) => item.toNumber()) ?? null;
}

function withReturns(
  inputs: Inputs,
  parameter: string,
  compute: (returns: readonly number[], parameter: number) => Got,
): Got | undefined {
  const returns = numbers(inputs['returns']);
  const given = decimalOf(inputs, parameter);
  return returns === null || given === null ? undefined : compute(returns, given.toNumber());
}

/** The part of the vector that does not contradict itself. */
function singleNormal(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'notional', 'sigma_daily', 'confidence');
  if (given === null) return undefined;
  const tail = 1 - given.confidence.toNumber();
  const { varUsd } = parametricVar({
    exposuresUsd: [given.notional.toNumber()],
    volatilities: [given.sigma_daily.toNumber()],
    correlations: [[1]],
    varTail: tail,
    esTail: tail,
  });
  return { correct_normal: figure(varUsd) };
}

function covariance(inputs: Inputs): Got | undefined {
  const exposuresUsd = numbers(inputs['exposure_usd']);
  const volatilities = numbers(inputs['sigma_daily']);
  const rows = Array.isArray(inputs['corr']) ? inputs['corr'].map(numbers) : [];
  const correlations = rows.filter((row) => row !== null);
  const alpha = decimalOf(inputs, 'alpha');
  if (exposuresUsd === null || volatilities === null || alpha === null) return undefined;
  if (correlations.length !== exposuresUsd.length) return undefined;
  const varTail = 1 - alpha.toNumber();
  const book = { exposuresUsd, volatilities, correlations, varTail, esTail: 0.025 };
  const { sigmaUsd, varUsd, esUsd, shares, undiversifiedVarUsd } = parametricVar(book);
  return {
    sigma_usd: figure(sigmaUsd),
    var99: figure(varUsd),
    es975: figure(esUsd),
    component_var99: Array.from(shares, (share) => figure(share * varUsd)),
    undiversified_var99: figure(undiversifiedVarUsd),
  };
}

function ewma(returns: readonly number[], decay: number): Got {
  const variance = ewmaVariance(returns, decay);
  return {
    variance: figure(variance),
    sigma: figure(Math.sqrt(variance)),
    sigma_annual_365: figure(Math.sqrt(variance * 365)),
    effective_observations: figure(effectiveObservations(returns.length, decay)),
  };
}

function historical(returns: readonly number[], tail: number): Got {
  const sorted = ascending(returns);
  return {
    var: figure(-quantileType7(sorted, tail)),
    es_acerbi: figure(expectedShortfall(sorted, tail)),
  };
}

function conventions(returns: readonly number[], tail: number): Got {
  const sorted = ascending(returns);
  const exact = figure(expectedShortfall(sorted, tail));
  return {
    numpy_type7_var: figure(-quantileType7(sorted, tail)),
    riskfolio_var: figure(orderStatisticVar(sorted, tail)),
    riskfolio_cvar: exact,
    empyrical_cvar: figure(empyricalShortfall(sorted, tail)),
    acerbi_es: exact,
  };
}

function bentNormal(returns: readonly number[], tail: number): Got {
  const moments = momentsOf(returns);
  const { z } = cornishFisher(tail, moments);
  return {
    mean: figure(moments.mean),
    sigma_pop: figure(moments.deviation),
    skew: figure(moments.skew),
    excess_kurtosis: figure(moments.excessKurtosis),
    z_cf: figure(z),
    var: figure(-(moments.mean + z * moments.deviation)),
  };
}

function cornishFisherDomain(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'skew', 'excess_kurtosis');
  if (given === null) return undefined;
  const excessKurtosis = given.excess_kurtosis.toNumber();
  return { monotone: isCornishFisherMonotone({ skew: given.skew.toNumber(), excessKurtosis }) };
}

/** One asset, so the residuals' quantile times tomorrow's volatility is the quantile of the scenarios. */
function filteredHistorical(inputs: Inputs): Got | undefined {
  const tail = decimalOf(inputs, 'tail')?.toNumber();
  if (tail === undefined) return undefined;
  return withReturns(inputs, 'lam', (returns, decay) => {
    const path = ewmaVariancePath(returns, decay);
    const residuals = standardizedResiduals(returns, path, 1).slice(1);
    const quantile = quantileType7(ascending(residuals), tail);
    const sigma = Math.sqrt(path.at(-1) ?? Number.NaN);
    return {
      z_quantile: figure(quantile),
      sigma_next: figure(sigma),
      var: figure(-quantile * sigma),
    };
  });
}

function proportionOfFailures(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'T', 'N', 'p');
  if (given === null) return undefined;
  const { lr, pValue } = kupiec(given.T.toNumber(), given.N.toNumber(), given.p.toNumber());
  return { lr: figure(lr), p_value: figure(pValue) };
}

function coverage(inputs: Inputs): Got | undefined {
  const hits = inputs['hits'];
  const tail = decimalOf(inputs, 'p');
  if (typeof hits !== 'string' || tail === null) return undefined;
  const result = christoffersen(
    Array.from(hits, (hit) => hit === '1'),
    tail.toNumber(),
  );
  return {
    n00: dec(result.n00),
    n01: dec(result.n01),
    n10: dec(result.n10),
    n11: dec(result.n11),
    lr_ind: figure(result.independence.lr),
    p_ind: figure(result.independence.pValue),
    lr_uc: figure(result.unconditional.lr),
    lr_cc: figure(result.conditional.lr),
    p_cc: figure(result.conditional.pValue),
  };
}

function shortfallTest(inputs: Inputs): Got | undefined {
  const pnl = numbers(inputs['pnl']);
  const given = decimalsOf(inputs, 'var', 'es', 'tail');
  if (pnl === null || given === null) return undefined;
  const forecast = { valueAtRisk: given.var.toNumber(), shortfall: given.es.toNumber() };
  const days = pnl.map((one) => ({ pnl: one, ...forecast }));
  return { z2: figure(acerbiSzekelyZ2(days, given.tail.toNumber())) };
}

function betaAdjusted(inputs: Inputs): Got | undefined {
  const nets = asRecord(inputs['net_usd_by_base']);
  const given = asRecord(inputs['beta_to_btc']);
  if (nets === null || given === null) return undefined;
  const exposures = Object.keys(nets).map((asset) => ({
    asset,
    usd: decimalOf(nets, asset)?.toNumber() ?? null,
  }));
  const betas = new Map<string, number>();
  for (const asset of Object.keys(given)) {
    const beta = decimalOf(given, asset);
    if (beta !== null) betas.set(asset, beta.toNumber());
  }
  return { beta_usd: figure(betaAdjustedExposure(exposures, betas).usd) };
}
