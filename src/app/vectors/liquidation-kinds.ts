import { dec, ZERO } from '../../domain/decimal.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Price } from '../../domain/units.ts';
import { bankruptcyPrice } from '../../risk/bankruptcy-price.ts';
import type { IsolatedLeg } from '../../risk/isolated-liquidation.ts';
import { isolatedLiquidationPrice } from '../../risk/isolated-liquidation.ts';
import { liquidationDistance, liquidationGap } from '../../risk/liquidation-distance.ts';
import { tierAt } from '../../risk/maintenance.ts';
import type { MarginProfile } from '../../risk/margin-profile.ts';
import { marginProfile } from '../../risk/margin-profile.ts';
import { settleValue } from '../../risk/notional.ts';
import { printedLiquidation } from '../../risk/printed-liquidation.ts';
import { legOf, sideOf } from './leg-of.ts';
import type { Evaluate, Got, Vector } from './vector.ts';
import { decimalOf, decimalsOf } from './vector.ts';

type Rules = Pick<MarginProfile, 'maintenanceOn' | 'closingFee'>;

const ON_MARK: Rules = { maintenanceOn: 'mark', closingFee: 'none' };
const ON_ENTRY: Rules = { maintenanceOn: 'entry', closingFee: 'none' };
const ON_MARK_WITH_FEE: Rules = { maintenanceOn: 'mark', closingFee: 'added' };

export const liquidationKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['liq_price_entry_notional', (vector) => price(vector, 'linear', ON_ENTRY)],
  ['liq_price_mark_notional', (vector) => price(vector, 'linear', ON_MARK)],
  ['liq_price_linear_isolated', (vector) => isolated(vector, 'linear')],
  ['liq_price_inverse_isolated', (vector) => isolated(vector, 'inverse')],
  ['liq_price_inverse_isolated_display', (vector) => printed(vector, profileOf(vector))],
  ['liq_price_linear_isolated_fee', (vector) => price(vector, 'linear', ON_MARK_WITH_FEE)],
  ['liq_price_linear_isolated_legacy', (vector) => price(vector, 'linear', ON_ENTRY)],
  ['liq_price_inverse_isolated_legacy', (vector) => price(vector, 'inverse', ON_ENTRY)],
  [
    'liq_price_inverse_isolated_legacy_margin',
    (vector) => printed(vector, { ...profileOf(vector), maintenanceOn: 'entry' }),
  ],
  [
    'liq_price_inverse_cross_legacy',
    (vector) => printed(vector, { ...profileOf(vector), maintenanceOn: 'entry' }),
  ],
  ['liq_price_linear_tiered', tiered],
  ['bankruptcy_price', ({ inputs }) => bankruptcy({ ...inputs, mmr: '0' }, 'linear')],
  ['bankruptcy_price_inverse', printedBankruptcy],
  ['distance_to_liq', distance],
]);

/** The file's names of venues, in ours. */
function profileOf({ venue }: Vector): MarginProfile {
  return marginProfile(venue === 'bybit-v5' ? 'bybit' : venue);
}

function price(
  { inputs }: Pick<Vector, 'inputs'>,
  kind: Instrument['kind'],
  profile: Rules,
): Got | undefined {
  const leg = legOf(inputs, { kind, profile });
  return leg === null ? undefined : isolatedLiquidationPrice(leg, null);
}

/** A venue that reserves the closing fee is asked for the whole chain: margin, bankruptcy, liquidation. */
function isolated(vector: Vector, kind: Instrument['kind']): Got | undefined {
  const profile = profileOf(vector);
  if (profile.closingFee !== 'reserved') return price(vector, kind, profile);
  const leg = legOf(vector.inputs, { kind, profile });
  if (leg === null) return undefined;
  return {
    liq_price: isolatedLiquidationPrice(leg, null),
    bankruptcy_price: bankruptcyPrice({ ...leg, closingFee: leg.takerFee }),
    position_margin: leg.margin,
  };
}

function printed({ inputs }: Vector, profile: MarginProfile): Got | undefined {
  const leg = legOf(inputs, { kind: 'inverse', profile });
  if (leg === null) return undefined;
  return print(leg, isolatedLiquidationPrice(leg, null), { inputs, prints: profile.prints });
}

function print(
  leg: IsolatedLeg,
  exact: Price | null,
  { inputs, prints }: Pick<Vector, 'inputs'> & Pick<MarginProfile, 'prints'>,
): Got {
  const tick = decimalOf(inputs, 'tick', 'safety_tick');
  return exact === null ? null : printedLiquidation(exact, leg.side, { prints, tick });
}

function tiered({ inputs }: Vector): Got | undefined {
  const leg = legOf(inputs, { kind: 'linear', profile: ON_MARK });
  if (leg === null) return undefined;
  const levelAt = (at: Price | null | typeof leg.entry): Got => {
    const tier = at === null ? null : tierAt(leg.tiers, settleValue(leg.kind, leg.size, at));
    return tier === null ? null : dec(leg.tiers.indexOf(tier) + 1);
  };
  const entryTier = tierAt(leg.tiers, settleValue(leg.kind, leg.size, leg.entry));
  const naive = entryTier === null ? [] : [{ ...entryTier, floor: ZERO, cap: null }];
  const liquidation = isolatedLiquidationPrice(leg, null);
  return {
    liq_price: liquidation,
    naive_entry_tier: isolatedLiquidationPrice({ ...leg, tiers: naive }, null),
    entry_tier: levelAt(leg.entry),
    liq_tier: levelAt(liquidation),
  };
}

function bankruptcy(inputs: Vector['inputs'], kind: Instrument['kind']): Price | null | undefined {
  const leg = legOf(inputs, { kind, profile: ON_MARK });
  return leg === null ? undefined : bankruptcyPrice({ ...leg, closingFee: leg.takerFee });
}

function printedBankruptcy(vector: Vector): Got | undefined {
  const inputs = { ...vector.inputs, mmr: '0' };
  const side = sideOf(inputs);
  const exact = bankruptcy(inputs, 'inverse');
  if (side === null || exact === undefined || exact === null) return exact;
  const { prints } = profileOf(vector);
  return printedLiquidation(exact, side, { prints, tick: decimalOf(inputs, 'tick') });
}

function distance({ inputs }: Vector): Got | undefined {
  const given = decimalsOf(inputs, 'mark', 'liq');
  if (given === null) return undefined;
  const side = sideOf(inputs) ?? (given.liq.lte(given.mark) ? 'long' : 'short');
  const share = liquidationDistance(side, given.mark, given.liq);
  return {
    abs: liquidationGap(side, given.mark, given.liq),
    percent: share === null ? null : share.times(100),
  };
}
