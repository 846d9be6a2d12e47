import { correlationMatrix } from '../statistics/correlation.ts';
import { parametricVar } from './parametric-var.ts';
import { simulatedBook, simulatedShortfall, simulatedVar } from './simulated-tail.ts';
import type { KnownVar, NetExposure, Omission, VarAnswer } from './var-answer.ts';
import type { ModelAsset, VarModel } from './var-model.ts';

/** VaR looks at the worst 1 %, ES at the worst 2.5 %. */
export const VAR_TAIL = 0.01;
export const ES_TAIL = 0.025;
/** Only recorded, for the scores. */
const SCORED_TAIL = 0.05;
/** With fewer days the 1 % quantile is the second worst day seen: not a simulation any more. */
const MIN_SCENARIO_DAYS = 250;

/**
 * VaR and ES of the whole desk for the day after `asOfDay`, by filtered historical simulation when the model
 * has at least 250 days, else by the parametric formula, labelled.
 */
export function assessVar(model: VarModel, exposures: readonly NetExposure[]): VarAnswer {
  const { held, omitted } = split(model, exposures);
  if (held.length === 0) return withoutAny(model, omitted);
  if (model.days.length >= MIN_SCENARIO_DAYS) {
    return known({ model, held, omitted, method: 'fhs', fallback: null });
  }
  const fallback = 'too-little-history';
  return known({ model, held, omitted, method: 'parametric-ewma', fallback });
}

/** The instant answer: normal law, EWMA 0.94 volatilities, correlations 0.97, Euler components. */
export function assessParametricVar(model: VarModel, exposures: readonly NetExposure[]): VarAnswer {
  const { held, omitted } = split(model, exposures);
  if (held.length === 0) return withoutAny(model, omitted);
  return known({ model, held, omitted, method: 'parametric-ewma', fallback: null });
}

interface Held {
  readonly usd: number;
  readonly asset: ModelAsset;
}

/** Assets without a known exposure or a model are named; a net of zero has nothing to lose. */
function split(
  model: VarModel,
  exposures: readonly NetExposure[],
): { readonly held: readonly Held[]; readonly omitted: readonly Omission[] } {
  const held: Held[] = [];
  const omitted: Omission[] = [];
  for (const { asset, usd } of exposures) {
    const modelled = model.assets.get(asset);
    if (usd === null || !Number.isFinite(usd)) {
      omitted.push({ asset, exposureUsd: null, reason: 'exposure-unknown' });
    } else if (modelled !== undefined) held.push({ usd, asset: modelled });
    else if (usd !== 0) {
      const reason = model.refused.get(asset) ?? 'no-candles';
      omitted.push({ asset, exposureUsd: usd, reason });
    }
  }
  return { held, omitted };
}

/** No exposure at all is a flat desk, which has a VaR of zero; else the reason of the largest one. */
function withoutAny(model: VarModel, omitted: readonly Omission[]): VarAnswer {
  const { asOfDay } = model;
  if (omitted.length === 0) {
    return known({ model, held: [], omitted, method: 'parametric-ewma', fallback: null });
  }
  let largest = 0;
  let reason: Omission['reason'] = 'exposure-unknown';
  for (const one of omitted) {
    if (one.exposureUsd === null || Math.abs(one.exposureUsd) <= largest) continue;
    largest = Math.abs(one.exposureUsd);
    reason = one.reason;
  }
  return { kind: 'unknown', reason, asOfDay, omitted };
}

interface Choice extends Pick<KnownVar, 'method' | 'fallback'> {
  readonly model: VarModel;
  readonly held: readonly Held[];
  readonly omitted: readonly Omission[];
}

function known({ model, held, omitted, method, fallback }: Choice): KnownVar {
  const figures = method === 'fhs' ? simulated(model, held) : parametric(held);
  const { components, ...totals } = figures;
  return {
    kind: 'known',
    method,
    fallback,
    ...totals,
    components: components.toSorted(
      (a, b) => b.es975Usd - a.es975Usd || (a.asset < b.asset ? -1 : 1),
    ),
    scenarioDays: model.days.length,
    asOfDay: model.asOfDay,
    garchAssets:
      method === 'fhs'
        ? held.flatMap(({ asset }) => (asset.filter === 'garch' ? [asset.asset] : []))
        : [],
    omitted,
    completed: held.flatMap(({ asset }) => (asset.completion === null ? [] : [asset.completion])),
  };
}

type Figures = Pick<KnownVar, 'var99Usd' | 'es975Usd' | 'var975Usd' | 'var95Usd' | 'components'>;

/** Every whole day of residuals at tomorrow's volatilities. No price falls by more than all of itself. */
function simulated({ days }: VarModel, held: readonly Held[]): Figures {
  const profits = held.map(({ usd, asset: { residuals, dailyVolatility } }) =>
    residuals.map((residual) => usd * Math.max(residual * dailyVolatility, -1)),
  );
  const book = simulatedBook(profits, days.length);
  const var99 = simulatedVar(book, VAR_TAIL);
  const es975 = simulatedShortfall(book, ES_TAIL);
  return {
    var99Usd: var99.totalUsd,
    es975Usd: es975.totalUsd,
    var975Usd: simulatedVar(book, ES_TAIL).totalUsd,
    var95Usd: simulatedVar(book, SCORED_TAIL).totalUsd,
    components: held.map(({ usd, asset }, i) => ({
      asset: asset.asset,
      exposureUsd: usd,
      dailyVolatility: asset.dailyVolatility,
      var99Usd: var99.parts[i] as number,
      es975Usd: es975.parts[i] as number,
    })),
  };
}

function parametric(held: readonly Held[]): Figures {
  const book = {
    exposuresUsd: held.map(({ usd }) => usd),
    volatilities: held.map(({ asset }) => asset.ewmaVolatility),
    correlations: correlationMatrix(held.map(({ asset }) => asset.residuals)),
  };
  const at = (varTail: number) => parametricVar({ ...book, varTail, esTail: ES_TAIL });
  const { varUsd, esUsd, shares } = at(VAR_TAIL);
  return {
    var99Usd: varUsd,
    es975Usd: esUsd,
    var975Usd: at(ES_TAIL).varUsd,
    var95Usd: at(SCORED_TAIL).varUsd,
    components: held.map(({ usd, asset }, i) => ({
      asset: asset.asset,
      exposureUsd: usd,
      dailyVolatility: asset.ewmaVolatility,
      var99Usd: varUsd * (shares[i] as number),
      es975Usd: esUsd * (shares[i] as number),
    })),
  };
}
