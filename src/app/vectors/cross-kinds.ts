import type { CollateralBracket } from '../../domain/account.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import type { Side } from '../../domain/position.ts';
import { asRatio } from '../../domain/units.ts';
import { countedQuantity, IN_FULL } from '../../risk/cross/collateral-weight.ts';
import type { MarginPool, PoolCoin, PoolLeg } from '../../risk/cross/margin-pool.ts';
import { poolDeath } from '../../risk/cross/pool-death.ts';
import { poolHealth } from '../../risk/cross/pool-health.ts';
import { maintenanceOf } from '../../risk/maintenance.ts';
import { requirementWithFee } from '../../risk/margin-ratio.ts';
import { settleValue } from '../../risk/notional.ts';
import { openTier, sideOf } from './leg-of.ts';
import type { Evaluate, Got, Inputs } from './vector.ts';
import { asRecord, decimalOf, decimalsOf, recordList } from './vector.ts';

/** Vectors become a pool at the marks (the entry where none is given), and its death is asked for. */
export const crossKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['liq_price_linear_cross', ({ inputs }) => linearCross(inputs) ?? dydx(inputs)],
  ['liq_price_linear_hedge_cross', ({ inputs }) => hedge(inputs)],
  ['liq_price_inverse', ({ inputs }) => inverse(inputs)],
  ['liq_price_base_asset_uta', ({ inputs }) => baseAsset(inputs)],
  ['collateral_value_tiered', ({ inputs }) => tieredValue(inputs)],
  ['spot_margin_liq_price', ({ inputs }) => loan(inputs, (pool, mark) => deaths(pool, mark).below)],
  ['spot_margin_ratio_isolated', ({ inputs }) => loan(inputs, health)],
  ['spot_margin_maint', ({ inputs }) => loanMaintenance(inputs)],
]);

const ASSET = 'BTC';
const MOVE = new Map([[ASSET, ONE]]);
const DOLLARS: PoolCoin = { coin: 'USDT', price: ONE, quantity: ZERO, brackets: IN_FULL };
const EMPTY: MarginPool = {
  fixedEquityUsd: ZERO,
  fixedRequiredUsd: ZERO,
  liquidatesAt: ONE,
  coins: [DOLLARS],
  legs: [],
};

/** Prices at which the pool dies, the asset now at `mark`. */
function deaths(pool: MarginPool, mark: Decimal) {
  const { below, above } = poolDeath(pool, MOVE);
  return { below: below?.times(mark) ?? null, above: above?.times(mark) ?? null };
}

interface LegInput {
  readonly side: Side;
  readonly size: Decimal;
  readonly mark: Decimal;
  readonly rate: Decimal;
  readonly deduction: Decimal;
}

function legOf(kind: PoolLeg['kind'], { side, size, mark, rate, deduction }: LegInput): PoolLeg {
  return {
    asset: ASSET,
    settle: kind === 'linear' ? DOLLARS.coin : ASSET,
    kind,
    side,
    value: settleValue(kind, size, mark),
    tiers: [openTier(rate, deduction)],
    closingFee: ZERO,
  };
}

function legIn(inputs: Inputs, side: Side | null = sideOf(inputs)): LegInput | null {
  const given = decimalsOf(inputs, 'size', 'entry', 'mmr', 'cum');
  if (side === null || given === null) return null;
  return { side, size: given.size, mark: given.entry, rate: given.mmr, deduction: given.cum };
}

/** Binance: wallet, and maintenance and PnL of the other contracts. */
function linearCross(inputs: Inputs): Got | undefined {
  const leg = legIn(inputs);
  const given = decimalsOf(inputs, 'wallet', 'tmm_other', 'upnl_other');
  if (leg === null || given === null) return undefined;
  const pool = {
    ...EMPTY,
    fixedEquityUsd: given.wallet.plus(given.upnl_other),
    fixedRequiredUsd: given.tmm_other,
    legs: [legOf('linear', leg)],
  };
  const { below, above } = deaths(pool, leg.mark);
  return leg.side === 'long' ? below : above;
}

/** dYdX: net collateral at the oracle price, signed size, requirement of the other positions. */
function dydx(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'equity', 'size', 'price', 'mmf', 'other_mmr');
  if (given === null) return undefined;
  const { equity, size, price: mark, mmf: rate, other_mmr: fixedRequiredUsd } = given;
  const side = size.isNegative() ? 'short' : 'long';
  const leg = legOf('linear', { side, size: size.abs(), mark, rate, deduction: ZERO });
  const pool = { ...EMPTY, fixedEquityUsd: equity, fixedRequiredUsd, legs: [leg] };
  const { below, above } = deaths(pool, mark);
  return side === 'long' ? below : above;
}

/** Both legs share one price; PnL up to the mark chosen, the long's entry, is in the equity. */
function hedge(inputs: Inputs): Got | undefined {
  const long = legIn(asRecord(inputs['long']) ?? {}, 'long');
  const short = legIn(asRecord(inputs['short']) ?? {}, 'short');
  const wallet = decimalOf(inputs, 'wallet');
  if (long === null || short === null || wallet === null) return undefined;
  const { mark } = long;
  const pool = {
    ...EMPTY,
    fixedEquityUsd: wallet.plus(short.size.times(short.mark.minus(mark))),
    legs: [legOf('linear', long), legOf('linear', { ...short, mark })],
  };
  const { below, above } = deaths(pool, mark);
  const nearest = below ?? above;
  const falls = nearest?.lt(mark) === true;
  return { liq_price: nearest, liquidates_when: falls ? 'price falls' : 'price rises' };
}

/** COIN-M: one coin's pool, marked at the first leg's entry. */
function inverse(inputs: Inputs): Got | undefined {
  const rows = recordList(inputs['legs']);
  const given = decimalsOf(inputs, 'wallet_coin', 'contract_size');
  const mark = decimalOf(rows?.[0] ?? {}, 'entry');
  if (!rows || given === null || mark === null) return undefined;
  let quantity = given.wallet_coin;
  const legs: PoolLeg[] = [];
  for (const row of rows) {
    const leg = decimalsOf(row, 'contracts', 'entry', 'mmr', 'cum');
    const side = sideOf(row);
    if (leg === null || side === null) return undefined;
    const size = leg.contracts.times(given.contract_size);
    const gain = size.div(leg.entry).minus(size.div(mark));
    quantity = side === 'long' ? quantity.plus(gain) : quantity.minus(gain);
    legs.push(legOf('inverse', { side, size, mark, rate: leg.mmr, deduction: leg.cum }));
  }
  const coin = { coin: ASSET, price: mark, quantity, brackets: IN_FULL };
  const { below, above } = deaths({ ...EMPTY, coins: [coin], legs }, mark);
  return below ?? above;
}

/** UTA: a coin balance with one haircut beside linear legs on the same asset. */
function baseAsset(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'usd_balance', 'coin_balance', 'collateral_ratio', 'mmr_linear');
  const rows = recordList(inputs['linear']);
  const inverses = recordList(inputs['inverse']);
  const mark = decimalOf(rows?.[0] ?? {}, 'entry');
  if (given === null || !rows || mark === null || inverses?.length !== 0) return undefined;
  const legs: PoolLeg[] = [];
  let cash = given.usd_balance;
  for (const row of rows) {
    const leg = legIn({ ...row, mmr: inputs['mmr_linear'], cum: '0' });
    if (leg === null) return undefined;
    const gain = leg.size.times(mark.minus(leg.mark));
    cash = leg.side === 'long' ? cash.plus(gain) : cash.minus(gain);
    legs.push(legOf('linear', { ...leg, mark }));
  }
  const brackets = [{ floor: ZERO, rate: asRatio(given.collateral_ratio) }];
  const coin = { coin: ASSET, price: mark, quantity: given.coin_balance, brackets };
  const coins = [{ ...DOLLARS, quantity: cash }, coin];
  const { below, above } = deaths({ ...EMPTY, coins, legs }, mark);
  return below ?? above;
}

function tieredValue(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'qty', 'price');
  const rows: unknown = inputs['tiers'];
  if (given === null || !Array.isArray(rows)) return undefined;
  const brackets: CollateralBracket[] = [];
  for (const row of rows) {
    const bracket = Array.isArray(row) ? decimalsOf({ ...row }, '0', '2') : null;
    if (bracket === null) return undefined;
    brackets.push({ floor: bracket[0], rate: asRatio(bracket[2]) });
  }
  return countedQuantity(given.qty, brackets).times(given.price);
}

/** OKX spot margin: coins bought with borrowed quote; the requirement is on what is owed. */
function loan(
  inputs: Inputs,
  ask: (pool: MarginPool, mark: Decimal) => Decimal | null,
): Got | undefined {
  const given = loanIn(inputs);
  if (given === null) return undefined;
  const { assets_base: quantity, liability_quote: owed, mark, taker_fee: fee } = given;
  const pool = {
    ...EMPTY,
    fixedEquityUsd: owed.neg(),
    // The fee is on what is bought back, maintenance included.
    fixedRequiredUsd: requirementWithFee(given.maintenance, owed.plus(given.maintenance), fee),
    coins: [{ coin: ASSET, price: mark, quantity, brackets: IN_FULL }],
  };
  return ask(pool, mark);
}

function health(pool: MarginPool): Decimal | null {
  return poolHealth(pool, MOVE, ONE).healthFactor;
}

/** In the coin bought. */
function loanMaintenance(inputs: Inputs): Got | undefined {
  const given = loanIn(inputs);
  return given === null ? undefined : given.maintenance.div(given.mark);
}

function loanIn(inputs: Inputs) {
  const given = decimalsOf(inputs, 'assets_base', 'liability_quote', 'mark', 'mmr', 'taker_fee');
  if (given === null || sideOf(inputs) !== 'long') return null;
  const maintenance = maintenanceOf([openTier(given.mmr, ZERO)], given.liability_quote);
  return maintenance === null ? null : { ...given, maintenance };
}
