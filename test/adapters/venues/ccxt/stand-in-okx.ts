import type { StubHandler, StubReply, StubRequest } from '../../../fakes/stub-http.ts';

type Row = Readonly<Record<string, unknown>>;

/** `data` by path, over the stand-in's own; a function sees the request. */
export type OkxAnswers = Readonly<
  Record<string, readonly unknown[] | ((request: StubRequest) => readonly unknown[])>
>;

function okxAnswer(data: unknown): StubReply {
  return { body: { code: '0', msg: '', data } };
}

export function okxRefusal(code: number | string, status = 200): StubReply {
  return { status, body: { code: String(code), msg: 'refused', data: [] } };
}

export const OKX_POSITIONS = '/api/v5/account/positions';
export const OKX_ALGOS = '/api/v5/trade/orders-algo-pending';

/** Synthetic, after the documentation: a flat account in multi-currency mode with a balance. */
const ANSWERS: OkxAnswers = {
  '/api/v5/public/instruments': ({ query }) => (query.get('instType') === 'SWAP' ? SWAPS : []),
  '/api/v5/public/position-tiers': ({ query }) => [
    { instFamily: query.get('instFamily'), tier: '1', minSz: '0', maxSz: '100', mmr: '0.004' },
    { instFamily: query.get('instFamily'), tier: '2', minSz: '101', maxSz: '900', mmr: '0.01' },
  ],
  '/api/v5/public/time': () => [{ ts: String(Date.now() + 250) }],
  [OKX_POSITIONS]: [],
  [OKX_ALGOS]: [],
  '/api/v5/account/balance': [
    {
      ...{ totalEq: '1000.25', availEq: '900', imr: '100', mmr: '10', mgnRatio: '90' },
      ...{ ordFroz: '0', isoEq: '0', uTime: '1752243327154' },
      details: [{ ccy: 'USDT', eq: '1000.25', eqUsd: '1000.25', availEq: '900', ordFrozen: '0' }],
    },
  ],
  '/api/v5/account/config': [
    { acctLv: '3', posMode: 'long_short_mode', perm: 'read_only,withdraw,trade', ip: '' },
  ],
};

const SWAPS: readonly Row[] = [
  swap('BTC-USDT-SWAP', { uly: 'BTC-USDT', settleCcy: 'USDT', ctVal: '0.01', ctType: 'linear' }),
  swap('LTC-USDT-SWAP', { uly: 'LTC-USDT', settleCcy: 'USDT', ctVal: '1', ctType: 'linear' }),
  swap('BTC-USD-SWAP', { uly: 'BTC-USD', settleCcy: 'BTC', ctVal: '100', ctType: 'inverse' }),
];

function swap(instId: string, rest: Row): Row {
  return {
    ...{ instId, instType: 'SWAP', instFamily: rest['uly'], baseCcy: '', quoteCcy: '' },
    ...{ ctMult: '1', lever: '100', lotSz: '0.01', minSz: '0.01', tickSz: '0.1', state: 'live' },
    ...{ expTime: '', listTime: '1573557408000', category: '1' },
    ...rest,
  };
}

export function standInOkx(answers: OkxAnswers = {}): StubHandler {
  return (request) => {
    const answer = answers[request.path] ?? ANSWERS[request.path];
    if (answer === undefined) return { status: 404, body: '' };
    return okxAnswer(typeof answer === 'function' ? answer(request) : answer);
  };
}

/** An open long of 25 contracts (0.25 BTC) at cross margin, as account/positions writes it. */
export const OKX_ROW: Row = {
  ...{ instType: 'SWAP', instId: 'BTC-USDT-SWAP', pos: '25', posSide: 'net', mgnMode: 'cross' },
  ...{ ccy: 'USDT', avgPx: '60000', markPx: '61000', lever: '10', liqPx: '', imr: '1525' },
  ...{ margin: '', mmr: '61', mgnRatio: '12.5', upl: '250', notionalUsd: '15246.95' },
  ...{ closeOrderAlgo: [], posId: '653944598162657280', uTime: '1712390404547' },
};
