import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { freeBalance } from '../free-balance.ts';
import { freshId, recorded } from '../history.ts';
import type {
  Marks,
  SimAccount,
  SimExecution,
  SimInstrument,
  SimPosition,
  SimSide,
} from '../model.ts';
import { notionalAt } from '../position-margin.ts';
import { triggersOf, withTriggers } from '../triggers.ts';
import { walletOf } from '../wallet.ts';

interface Opening {
  readonly instrument: SimInstrument;
  readonly side: SimSide;
  readonly contracts: Decimal;
  readonly leverage: Decimal;
  readonly now: number;
}

/** A market order that opens an isolated position or adds to it, by the weighted average of entries. */
export function openPosition(
  account: SimAccount,
  opening: Opening,
  marks: Marks,
): Result<
  { readonly account: SimAccount; readonly execution: SimExecution },
  'insufficient-balance'
> {
  const { instrument, side, contracts, leverage, now } = opening;
  const price = marks(instrument.asset);
  const value = notionalAt(instrument, contracts, price);
  const margin = value.div(leverage).toDecimalPlaces(8, 0);
  const fee = value.times(instrument.takerFee).toDecimalPlaces(8);
  const { settle } = instrument;
  if (margin.plus(fee).gt(freeBalance(account, settle, marks))) return err('insufficient-balance');
  const execution: SimExecution = {
    ...{ id: freshId(account, 'order'), clientId: '', instrument, positionSide: side, leverage },
    ...{ side: side === 'long' ? 'buy' : 'sell', marginMode: 'isolated', cause: 'user', at: now },
    ...{ asked: contracts, filled: contracts, price, fee, realizedPnl: fee.minus(fee) },
  };
  const balances = { ...account.balances, [settle]: walletOf(account, settle).minus(fee) };
  const paid = recorded({ ...account, balances }, { executions: [execution] });
  const position = held(account, { ...opening, price, margin, id: freshId(account, 'position') });
  const others = account.positions.filter(({ id }) => id !== position.id);
  const opened = { ...paid, positions: [...others, position] };
  return ok({ account: withTriggers(opened, triggersOf(account)), execution });
}

function held(
  account: SimAccount,
  more: Opening & { readonly price: Decimal; readonly margin: Decimal; readonly id: string },
): SimPosition {
  const { instrument, side, contracts, leverage, price, margin, now } = more;
  const old = account.positions.find(
    (each) => each.instrument === instrument && each.side === side,
  );
  if (old === undefined) {
    return {
      ...{ id: more.id, instrument, side, contracts, leverage, createdAt: now, updatedAt: now },
      ...{ entryPrice: price, marginMode: 'isolated', isolatedMargin: margin },
      ...{ takeProfit: null, stopLoss: null },
    };
  }
  const size = old.contracts.plus(contracts);
  const cost = old.contracts.times(old.entryPrice).plus(contracts.times(price));
  const isolatedMargin = old.isolatedMargin?.plus(margin) ?? null;
  const entryPrice = cost.div(size).toDecimalPlaces(8);
  return { ...old, contracts: size, entryPrice, isolatedMargin, updatedAt: now };
}
