import { type Decimal, dec } from '../../../../src/domain/decimal.ts';
import type { WriteFault } from '../../../contracts/account-writer.ts';
import type { StubHandler, StubReply, StubRequest } from '../../../fakes/stub-http.ts';
import { OKX_ROW, okxRefusal, standInOkx } from './stand-in-okx.ts';
import { faulty } from './write-faults.ts';

type Row = Record<string, unknown>;

/** One account of the stand-in, by its API key. */
export interface OkxBooks {
  /** Null: the main account. */
  readonly subAcct: string | null;
  wallet: Decimal;
  leg: Row | null;
  algos: Row[];
  readonly orders: Row[];
}

export interface OkxVenue {
  readonly handler: StubHandler;
  readonly books: Map<string, OkxBooks>;
  readonly transfers: Row[];
  /** Met by the next calls that would change something. */
  readonly faults: WriteFault[];
  /** The code with which the n-th change fails, counted from 1; null: it does not. */
  refusal(call: number): string | null;
}

/** A venue that keeps books, for acts to be seen in. */
export function okxVenue(refusal: OkxVenue['refusal'] = () => null): OkxVenue {
  const books = new Map<string, OkxBooks>();
  const transfers: Row[] = [];
  const faults: WriteFault[] = [];
  let calls = 0;
  const venue: OkxVenue = {
    ...{ books, transfers, faults, refusal },
    handler(request) {
      const own = books.get(String(request.headers['ok-access-key']));
      if (own === undefined) return standInOkx()(request);
      if (request.method === 'GET') return look(request, own, transfers);
      calls += 1;
      const code = venue.refusal(calls);
      if (code !== null) return failed(code);
      const fault = faults.shift();
      const act = () => change(request, own, { books, transfers });
      return fault === undefined
        ? act()
        : faulty(fault, act, {
            'unknown-outcome-code': failed('51149'),
            'unheard-of-code': failed('98765'),
            'too-fast': okxRefusal('50011', 429),
          });
    },
  };
  return venue;
}

export function okxBooks(subAcct: string | null, changes: Row = {}): OkxBooks {
  const leg = {
    ...OKX_ROW,
    pos: '2',
    mgnMode: 'isolated',
    margin: '1000',
    markPx: '60000',
    ...changes,
  };
  return { subAcct, wallet: dec('6000'), leg, algos: [], orders: [] };
}

/** As OKX answers for a row that failed: the reason is in the row. */
function failed(sCode: string): StubReply {
  return {
    body: { code: '1', msg: 'refused', data: [{ algoId: '', ordId: '', sCode, sMsg: 'no' }] },
  };
}

function done(row: Row): StubReply {
  return { body: { code: '0', msg: '', data: [{ ...row, sCode: '0', sMsg: '' }] } };
}

const list = (data: readonly Row[]): StubReply => ({ body: { code: '0', msg: '', data } });

function look(request: StubRequest, own: OkxBooks, transfers: readonly Row[]) {
  const { query, path } = request;
  switch (path) {
    case '/api/v5/account/positions':
      return list(own.leg === null ? [] : [own.leg]);
    case '/api/v5/trade/orders-algo-pending': {
      const types = (query.get('ordType') ?? '').split(',');
      return list(own.algos.filter(({ ordType }) => types.includes(String(ordType))));
    }
    case '/api/v5/trade/order': {
      const found = own.orders.filter(({ clOrdId }) => clOrdId === query.get('clOrdId'));
      return found.length > 0 ? list(found) : okxRefusal('51603');
    }
    case '/api/v5/account/balance': {
      const availEq = own.wallet.minus(String(own.leg?.['margin'] || '0')).toString();
      const coin = { ccy: 'USDT', cashBal: own.wallet.toString(), availEq, availBal: availEq };
      return list([{ totalEq: '0', details: [coin] }]);
    }
    case '/api/v5/asset/transfer-state':
      return list(
        transfers.filter(
          ({ clientId, type }) => clientId === query.get('clientId') && type === query.get('type'),
        ),
      );
    default:
      return standInOkx()(request);
  }
}

interface Books {
  readonly books: ReadonlyMap<string, OkxBooks>;
  readonly transfers: Row[];
}

function change(request: StubRequest, own: OkxBooks, all: Books): StubReply {
  const body = JSON.parse(request.body) as Row;
  switch (request.path) {
    case '/api/v5/account/position/margin-balance':
      return marginBalance(own, body);
    case '/api/v5/trade/order-algo':
      return orderAlgo(own, body);
    case '/api/v5/trade/amend-algos':
      return amendAlgo(own, body);
    case '/api/v5/trade/cancel-algos': {
      const [{ algoId } = {}] = JSON.parse(request.body) as Row[];
      const before = own.algos.length;
      own.algos = own.algos.filter((algo) => algo['algoId'] !== algoId);
      return own.algos.length < before ? done({ algoId }) : failed('51400');
    }
    case '/api/v5/trade/order':
      return marketOrder(own, body);
    case '/api/v5/asset/transfer':
      return transfer(own, body, all);
    default:
      return { status: 404, body: '' };
  }
}

function marginBalance(own: OkxBooks, body: Row): StubReply {
  if (own.leg === null) return okxRefusal('59300');
  const amount = dec(String(body['amt']));
  const margin = dec(String(own.leg['margin']));
  const change = body['type'] === 'add' ? amount : amount.neg();
  if (change.gt(own.wallet.minus(margin))) return okxRefusal('59200');
  if (margin.plus(change).lte(0)) return okxRefusal('59301');
  own.leg = { ...own.leg, margin: margin.plus(change).toString() };
  return done({ instId: body['instId'], amt: body['amt'] });
}

let made = 0;

function orderAlgo(own: OkxBooks, body: Row): StubReply {
  const isWhole = ({ closeFraction }: Row) => closeFraction === '1';
  if (own.leg === null) return failed('51023');
  if (isWhole(body) && own.algos.some(isWhole)) return failed('51088');
  if (own.algos.some(({ algoClOrdId }) => algoClOrdId === body['algoClOrdId']))
    return failed('51065');
  made += 1;
  const algoId = `algo${made}`;
  own.algos.push({ posSide: 'net', sz: '', closeFraction: '', ...body, algoId });
  return done({ algoId });
}

function amendAlgo(own: OkxBooks, body: Row): StubReply {
  const algo = own.algos.find(({ algoId }) => algoId === body['algoId']);
  if (algo === undefined) return failed('51503');
  for (const [name, field] of [
    ['newTpTriggerPx', 'tpTriggerPx'],
    ['newSlTriggerPx', 'slTriggerPx'],
  ] as const) {
    if (body[name] !== undefined) algo[field] = body[name] === '0' ? '' : body[name];
  }
  algo['ordType'] = algo['tpTriggerPx'] && algo['slTriggerPx'] ? 'oco' : 'conditional';
  return done({ algoId: algo['algoId'] });
}

function marketOrder(own: OkxBooks, body: Row): StubReply {
  if (own.leg === null) return failed('51169');
  if (own.orders.some(({ clOrdId }) => clOrdId === body['clOrdId'])) return failed('51016');
  const size = dec(String(own.leg['pos']));
  const rest = size.minus(dec(String(body['sz'])));
  const margin = dec(String(own.leg['margin'])).times(rest).div(size).toString();
  own.leg = rest.lte(0) ? null : { ...own.leg, pos: rest.toString(), margin };
  own.orders.push({ ...body, ordId: 'ord1', state: 'filled', accFillSz: body['sz'] });
  return done({ ordId: 'ord1', clOrdId: body['clOrdId'] });
}

function transfer(own: OkxBooks, body: Row, { books, transfers }: Books): StubReply {
  const target = String(body['subAcct'] ?? '') || null;
  const to = [...books.values()].find(({ subAcct }) => subAcct === target);
  if (to === undefined) return okxRefusal('58115');
  const amount = dec(String(body['amt']));
  if (amount.gt(own.wallet)) return okxRefusal('58350');
  own.wallet = own.wallet.minus(amount);
  to.wallet = to.wallet.plus(amount);
  transfers.push({ ...body, transId: '754147', state: 'success' });
  return done({ transId: '754147', clientId: body['clientId'] });
}
