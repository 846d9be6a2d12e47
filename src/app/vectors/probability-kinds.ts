import type { Decimal } from '../../domain/decimal.ts';
import { dec } from '../../domain/decimal.ts';
import { barrierForProbability } from '../../risk/probability/barrier-for-probability.ts';
import { firstOrderProbability } from '../../risk/probability/first-order-probability.ts';
import { distanceOfHealth } from '../../risk/probability/health-distance.ts';
import type { HitQuestion } from '../../risk/probability/hit-probability.ts';
import { discreteBarrier, hitProbability } from '../../risk/probability/hit-probability.ts';
import { jumpHitProbability } from '../../risk/probability/jump-hit-probability.ts';
import { seededUnit } from '../../risk/probability/seeded-unit.ts';
import { simulateLiquidations } from '../../risk/probability/simulate-liquidations.ts';
import { figure } from './figure.ts';
import { sideOf } from './leg-of.ts';
import type { Evaluate, Got, Inputs } from './vector.ts';
import { decimalList, decimalOf, decimalsOf, recordList } from './vector.ts';

export const probabilityKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['barrier_hit_probability', ({ inputs }) => hit(inputs, (question) => question)],
  ['barrier_hit_probability_moving', ({ inputs }) => hit(inputs, (question) => question)],
  ['barrier_hit_probability_discrete', ({ inputs }) => discreteHit(inputs)],
  ['barrier_hit_probability_kou', ({ inputs }) => jumpHit(inputs)],
  ['barrier_for_probability', ({ inputs }) => barrierFor(inputs)],
  ['cross_margin_liquidation_probability', ({ inputs }) => simulated(inputs)],
  ['cross_margin_liquidation_probability_abm', ({ inputs }) => firstOrder(inputs)],
  ['health_factor_to_distance', ({ inputs }) => healthDistance(inputs)],
]);

/** `1/365` or a plain decimal. */
function yearsOf(inputs: Inputs): number | null {
  const text = inputs['horizon_years'];
  if (typeof text !== 'string') return null;
  const [top, bottom] = text.split('/').map((part) => decimalOf({ part }, 'part'));
  if (top === undefined || top === null || bottom === null) return null;
  return (bottom === undefined ? top : top.div(bottom)).toNumber();
}

function questionOf(inputs: Inputs): HitQuestion | null {
  const years = yearsOf(inputs);
  const given = decimalsOf(inputs, 'mark', 'barrier', 'sigma_annual');
  if (years === null || given === null) return null;
  return {
    mark: given.mark.toNumber(),
    barrier: given.barrier.toNumber(),
    sigmaAnnual: given.sigma_annual.toNumber(),
    years,
    driftAnnual: decimalOf(inputs, 'drift')?.toNumber() ?? 0,
    barrierGrowthAnnual: decimalOf(inputs, 'barrier_log_growth_per_year')?.toNumber() ?? 0,
  };
}

function hit(inputs: Inputs, change: (question: HitQuestion) => HitQuestion): Got | undefined {
  const question = questionOf(inputs);
  return question === null ? undefined : figure(hitProbability(change(question)));
}

function discreteHit(inputs: Inputs): Got | undefined {
  const observations = decimalOf(inputs, 'observations')?.toNumber();
  if (observations === undefined) return undefined;
  return hit(inputs, (question) => ({
    ...question,
    barrier: discreteBarrier(question, observations),
  }));
}

function jumpHit(inputs: Inputs): Got | undefined {
  const given = decimalsOf(
    inputs,
    ...(['P0', 'B', 'sigma', 'T_years', 'lam', 'p_up', 'eta_up', 'eta_dn'] as const),
  );
  if (given === null) return undefined;
  return figure(
    jumpHitProbability({
      mark: given.P0.toNumber(),
      barrier: given.B.toNumber(),
      sigmaAnnual: given.sigma.toNumber(),
      years: given.T_years.toNumber(),
      intensity: given.lam.toNumber(),
      upShare: given.p_up.toNumber(),
      upRate: given.eta_up.toNumber(),
      downRate: given.eta_dn.toNumber(),
    }),
  );
}

function barrierFor(inputs: Inputs): Got | undefined {
  const side = sideOf(inputs);
  const years = yearsOf(inputs);
  const given = decimalsOf(inputs, 'mark', 'sigma_annual', 'target_probability');
  if (side === null || years === null || given === null) return undefined;
  return figure(
    barrierForProbability({
      side,
      mark: given.mark.toNumber(),
      sigmaAnnual: given.sigma_annual.toNumber(),
      years,
      driftAnnual: 0,
      barrierGrowthAnnual: 0,
      probability: given.target_probability.toNumber(),
    }),
  );
}

interface CrossBook {
  readonly wallet: number;
  readonly legs: readonly Readonly<Record<'size' | 'entry' | 'mark' | 'mmr', Decimal>>[];
  readonly sigmas: readonly number[];
  readonly correlation: readonly (readonly number[])[];
  readonly years: number;
}

function crossBook(inputs: Inputs): CrossBook | null {
  const wallet = decimalOf(inputs, 'wallet')?.toNumber();
  const years = yearsOf(inputs);
  const legs = recordList(inputs['positions'])?.map((leg) =>
    decimalsOf(leg, 'size', 'entry', 'mark', 'mmr'),
  );
  const sigmas = decimalList(inputs['sigma_annual']);
  const rows = inputs['corr'];
  if (!Array.isArray(rows)) return null;
  const correlation = rows.map(decimalList);
  if (wallet === undefined || years === null || sigmas === null) return null;
  if (!legs?.every((leg) => leg !== null) || !correlation.every((row) => row !== null)) return null;
  return {
    wallet,
    legs,
    sigmas: sigmas.map((sigma) => sigma.toNumber()),
    correlation: correlation.map((row) => row.map((value) => value.toNumber())),
    years,
  };
}

/** dSpare/dP of a leg with signed size: q − |q| m. */
function slopeOf({ size, mmr }: CrossBook['legs'][number]): Decimal {
  return size.minus(size.abs().times(mmr));
}

const PATHS = 40_000;
const STEPS = 84;

function simulated(inputs: Inputs): Got | undefined {
  const book = crossBook(inputs);
  if (book === null) return undefined;
  const assetOf = (index: number): string => `asset ${index}`;
  const seed = 1;
  const result = simulateLiquidations(
    {
      seed,
      paths: PATHS,
      assets: book.legs.map(({ mark }, index) => ({
        asset: assetOf(index),
        price: mark.toNumber(),
        sigmaAnnual: book.sigmas[index] ?? Number.NaN,
        driftAnnual: decimalOf(inputs, 'drift')?.toNumber() ?? 0,
      })),
      correlation: book.correlation,
      horizons: [{ years: book.years, steps: STEPS }],
      accounts: [
        {
          id: 'the account',
          constant: book.wallet,
          curves: book.legs.map((leg, index) => ({
            asset: assetOf(index),
            breaks: [],
            slopes: [slopeOf(leg).toNumber()],
            intercepts: [leg.size.times(leg.entry).neg().toNumber()],
          })),
        },
      ],
    },
    seededUnit(seed),
  );
  return figure(result.ok ? (result.value.horizons[0]?.accounts[0]?.probability ?? null) : null);
}

function firstOrder(inputs: Inputs): Got | undefined {
  const book = crossBook(inputs);
  if (book === null) return undefined;
  const spare = book.legs.reduce(
    (sum, leg) => sum.plus(slopeOf(leg).times(leg.mark)).minus(leg.size.times(leg.entry)),
    dec(book.wallet),
  );
  return figure(
    firstOrderProbability(
      {
        spare: spare.toNumber(),
        deltas: book.legs.map((leg) => slopeOf(leg).times(leg.mark).toNumber()),
        sigmasAnnual: book.sigmas,
        correlation: book.correlation,
      },
      book.years,
    ),
  );
}

function healthDistance(inputs: Inputs): Got | undefined {
  const side = sideOf(inputs);
  const years = yearsOf(inputs);
  const given = decimalsOf(inputs, 'mmr', 'health_factor', 'sigma_annual');
  if (side === null || years === null || given === null) return undefined;
  const distance = distanceOfHealth(side, given.mmr, given.health_factor);
  if (distance === null) return undefined;
  const barrier = side === 'long' ? dec(1).minus(distance) : dec(1).plus(distance);
  const probability = figure(
    hitProbability({
      mark: 1,
      barrier: barrier.toNumber(),
      sigmaAnnual: given.sigma_annual.toNumber(),
      years,
      driftAnnual: 0,
      barrierGrowthAnnual: 0,
    }),
  );
  if (probability === undefined) return undefined;
  return { distance_fraction: distance, liq_probability_24h: probability };
}
