import { err, ok } from '../../domain/result.ts';
import { historyOf } from '../history.ts';
import { changeMargin } from '../operations/change-margin.ts';
import { positionSideOf } from './binance-account.ts';
import { type BinanceAnswer, type BinanceSignedCall, wireNumber } from './binance-route.ts';
import {
  accepted,
  type BinanceWriteCall,
  marksOf,
  mbx,
  missing,
  symbolOf,
  unread,
} from './binance-write.ts';
import { plainDecimal } from './body-fields.ts';

const KNOWN = ['symbol', 'positionSide', 'amount', 'type'];
const MOST_DECIMALS = 8;
const NO_POSITION = mbx(-4054, 'Cannot add position margin: position is 0.');
const TOO_MUCH_OUT = mbx(-4051, 'Isolated balance insufficient.');

const REFUSALS = {
  'not-isolated': NO_POSITION,
  'insufficient-balance': mbx(-4050, 'Cross balance insufficient.'),
  'over-limit': TOO_MUCH_OUT,
  'would-liquidate': TOO_MUCH_OUT,
};

/** `POST /fapi/v1/positionMargin`: type 1 adds, 2 takes out. */
export function positionMargin(call: BinanceWriteCall): BinanceAnswer {
  const refusal = unread(call, KNOWN);
  if (refusal !== null) return err(refusal);
  const instrument = symbolOf(call);
  if (!instrument.ok) return instrument;
  const { params, account, request } = call;
  const amount = plainDecimal(params.get('amount'));
  if (amount === null) return err(missing('amount'));
  if (!amount.gt(0)) return err(mbx(-4055, 'Amount must be positive.'));
  if (amount.decimalPlaces() > MOST_DECIMALS) {
    return err(mbx(-1111, 'Precision is over the maximum defined for this asset.'));
  }
  const type = params.get('type');
  if (type !== '1' && type !== '2') return err(missing('type'));
  const leg = params.get('positionSide') ?? 'BOTH';
  if ((account.positionMode === 'hedge') !== (leg !== 'BOTH')) {
    return err(mbx(-4061, "Order's position side does not match user's setting."));
  }
  const position = account.positions.find(
    (each) =>
      each.instrument === instrument.value && (leg === 'BOTH' || leg.toLowerCase() === each.side),
  );
  if (position === undefined) return err(NO_POSITION);
  const step = { position, amount: type === '1' ? amount : amount.neg(), now: request.now };
  const changed = changeMargin(account, step, marksOf(call));
  if (!changed.ok) return err(REFUSALS[changed.error]);
  accepted(call, changed.value, { kind: 'margin', clientId: '' });
  const msg = 'Successfully modify position margin.';
  return ok({ amount: wireNumber(amount), code: 200, msg, type: Number(type) });
}

/** `GET /fapi/v1/positionMargin/history`, newest first. */
export function positionMarginHistory({ account, request }: BinanceSignedCall): BinanceAnswer {
  const { query } = request;
  const symbol = query.get('symbol');
  if (symbol === null) return err(missing('symbol'));
  const wanted = query.get('type');
  const since = Number(query.get('startTime') ?? 0);
  const until = Number(query.get('endTime') ?? Number.POSITIVE_INFINITY);
  const rows = historyOf(account)
    .margins.filter(
      ({ instrument, at }) => instrument.symbol === symbol && at >= since && at <= until,
    )
    .map(({ amount, side, instrument, at }) => ({
      symbol,
      type: amount.isNegative() ? 2 : 1,
      deltaType: 'USER_ADJUST',
      amount: amount.abs().toFixed(),
      asset: instrument.settle,
      time: at,
      positionSide: positionSideOf(account.positionMode === 'hedge' ? side : null),
    }))
    .filter(({ type }) => wanted === null || String(type) === wanted);
  return ok(rows.reverse().slice(0, Number(query.get('limit') ?? 500)));
}
