import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { bankruptcyPrice } from '../bankruptcy-price.ts';
import type { CoinPrice } from '../coin-price.ts';
import { IN_FULL } from '../cross/collateral-weight.ts';
import { crossRules } from '../cross/cross-rules.ts';
import type { LivePool } from '../cross/live-pool.ts';
import type { LegMissing } from '../cross/moved-pools.ts';
import { marginProfile } from '../margin-profile.ts';
import { settleValue, sizeOf } from '../notional.ts';
import { pnlOf } from '../position-figures.ts';
import type { StressUnknown } from './stress-book.ts';

/** One isolated position as a pool of its own, by its brackets alone, as its liquidation price is. */
export function isolatedPool(
  position: Position,
  priceOf: CoinPrice,
): Result<{ readonly live: LivePool; readonly reservedUsd: Decimal }, StressUnknown> {
  const { collateral, instrument, account } = position;
  const coin = instrument.settle;
  const pnl = pnlOf(position);
  if (collateral?.currency !== coin || pnl?.currency !== coin) return err('no-isolated');
  const price = isDollar(coin) ? ONE : priceOf(account, coin);
  if (price === null) return err('no-coin-price');
  const reserved = reservedFee(position, collateral.amount);
  if (!reserved.ok) return reserved;
  const quantity = collateral.amount.plus(pnl.amount).minus(reserved.value);
  const live: LivePool = {
    coin,
    positions: [position],
    coins: [{ coin, price, quantity, haircut: { kind: 'brackets', brackets: IN_FULL } }],
    equityUsd: quantity.times(price),
    requiredUsd: ZERO,
    rules: { ...crossRules(position.venue), liquidatesAt: ONE },
    basis: 'reported',
  };
  return ok({ live, reservedUsd: reserved.value.times(price) });
}

/** What Bybit holds inside the margin for the close at bankruptcy: it is no help. */
function reservedFee(position: Position, margin: Decimal): Result<Decimal, LegMissing> {
  const { venue, instrument, side, contracts, entryPrice } = position;
  if (marginProfile(venue).closingFee !== 'reserved') return ok(ZERO);
  if (entryPrice === null || entryPrice.lte(0)) return err('no-entry');
  if (instrument.takerFee === null) return err('no-fee');
  const size = sizeOf(contracts, instrument.contractSize);
  const closingFee = instrument.takerFee;
  const { kind } = instrument;
  const at = bankruptcyPrice({ kind, side, size, entry: entryPrice, margin, closingFee });
  return ok(at === null ? ZERO : settleValue(kind, size, at).times(closingFee));
}
