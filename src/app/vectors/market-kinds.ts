import { basisMarkPrice, fundingPayment, fundingRate } from '../../risk/funding.ts';
import { exitCost } from '../../risk/probability/exit-cost.ts';
import { squareRootImpact } from '../../risk/probability/square-root-impact.ts';
import { figure } from './figure.ts';
import { sideOf } from './leg-of.ts';
import type { Evaluate, Got, Inputs } from './vector.ts';
import { decimalList, decimalsOf } from './vector.ts';

export const marketKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['book_exit_cost', ({ inputs }) => bookExit(inputs)],
  ['square_root_impact', ({ inputs }) => impact(inputs)],
  ['funding_rate', ({ inputs }) => rate(inputs)],
  ['funding_payment', ({ inputs }) => payment(inputs)],
  ['mark_price_basis', ({ inputs }) => basisMark(inputs)],
]);

function bookExit(inputs: Inputs): Got | undefined {
  const rows = inputs[inputs['side'] === 'sell' ? 'bids' : 'asks'];
  const given = decimalsOf(inputs, 'size', 'mid');
  if (!Array.isArray(rows) || given === null) return undefined;
  const levels = rows.map((row) => {
    const [price, quantity] = decimalList(row) ?? [];
    return price === undefined || quantity === undefined
      ? null
      : { price: price.toNumber(), quantity: quantity.toNumber() };
  });
  if (!levels.every((level) => level !== null)) return undefined;
  const mid = given.mid.toNumber();
  const { filled, unfilled } = exitCost({ levels, mid }, given.size.toNumber());
  return { filled: figure(filled) ?? null, unfilled: figure(unfilled) ?? null };
}

function impact(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'Y', 'sigma_daily', 'size', 'adv');
  if (given === null) return undefined;
  return figure(
    squareRootImpact({
      coefficient: given.Y.toNumber(),
      sigmaDaily: given.sigma_daily.toNumber(),
      size: given.size.toNumber(),
      dailyVolume: given.adv.toNumber(),
    }),
  );
}

function rate(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'premium', 'interest', 'clamp');
  return given === null ? undefined : fundingRate(given.premium, given.interest, given.clamp);
}

/** Hyperliquid states the rate of eight hours and pays an eighth of it each hour. */
const HOURLY_SHARE = 8;

function payment(inputs: Inputs): Got | undefined {
  const side = sideOf(inputs);
  const given = decimalsOf(inputs, 'size', 'oracle', 'rate_8h');
  if (side === null || given === null) return undefined;
  const { size, oracle: price } = given;
  return fundingPayment({ side, size, price, rate: given.rate_8h.div(HOURLY_SHARE) });
}

function basisMark(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'index', 'funding_rate', 'hours_to_funding', 'interval_hours');
  if (given === null) return undefined;
  return basisMarkPrice({
    index: given.index,
    rate: given.funding_rate,
    hoursToFunding: given.hours_to_funding,
    intervalHours: given.interval_hours,
  });
}
