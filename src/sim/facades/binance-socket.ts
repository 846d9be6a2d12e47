import { type Facade, jsonResponse, type SimRequest, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { frameOf, type SocketProtocol } from '../socket-protocol.ts';

const KEY_PATH = '/fapi/v1/listenKey';

/** A key to listen by: named after the account it belongs to. */
const listenKeyOf = (account: SimAccount) => `listen-${account.id}`;

/** Market and user data streams of USD-M futures. */
export function binanceSocket(world: SimWorld): SocketProtocol {
  return (peer) => {
    if (!/^\/(market|public|private)\/ws(\/|$)/.test(peer.path)) return null;
    const listenKey = peer.query.get('listenKey');
    const streams = new Set<string>();
    return {
      hear(text) {
        const { method, params, id } = frameOf(text);
        const list = Array.isArray(params) ? params.map(String) : [];
        if (method === 'SUBSCRIBE') for (const stream of list) streams.add(stream);
        if (method === 'UNSUBSCRIBE') for (const stream of list) streams.delete(stream);
        if (id !== undefined) peer.send({ result: null, id });
      },
      tick(at) {
        for (const stream of streams) {
          const [symbol = '', channel] = stream.split('@');
          if (channel !== 'markPrice') continue;
          const found = world
            .instruments('binance')
            .find((each) => each.symbol.toLowerCase() === symbol);
          if (found === undefined) continue;
          const { mark, index, fundingRate, nextFundingAt } = world.market.quote(found.asset, at);
          peer.send({
            ...{ e: 'markPriceUpdate', E: at, s: found.symbol, p: mark.toFixed() },
            ...{
              i: index.toFixed(),
              P: mark.toFixed(),
              r: fundingRate.toFixed(),
              T: nextFundingAt,
            },
          });
        }
      },
      changed(account, at) {
        if (listenKey !== listenKeyOf(account)) return;
        const rows = account.positions.map(({ instrument, side, contracts, entryPrice }) => ({
          ...{
            s: instrument.symbol,
            pa: (side === 'long' ? contracts : contracts.neg()).toFixed(),
          },
          ...{ ep: entryPrice.toFixed(), up: '0', mt: 'cross', iw: '0', ps: 'BOTH' },
        }));
        peer.send({ e: 'ACCOUNT_UPDATE', E: at, T: at, a: { m: 'ORDER', B: [], P: rows } });
      },
    };
  };
}

/** `POST`, `PUT` and `DELETE /fapi/v1/listenKey`: the key alone is enough, nothing is signed. */
export function createListenKeyFacade(world: SimWorld, facade: Facade): Facade {
  const ownerOf = (request: SimRequest) => {
    const apiKey = request.headers['x-mbx-apikey'];
    const isIt = ({ credentials, venue }: SimAccount) =>
      venue === 'binanceusdm' && credentials.apiKey === apiKey;
    return apiKey ? (world.desk(request).accounts.find(isIt) ?? null) : null;
  };
  return {
    ...facade,
    respond(request) {
      if (request.path !== KEY_PATH) return facade.respond(request);
      const owner = ownerOf(request);
      if (owner === null) {
        const refusal = { code: -2015, msg: 'Invalid API-key, IP, or permissions for action' };
        return jsonResponse(refusal, { status: 401 });
      }
      return jsonResponse(request.method === 'DELETE' ? {} : { listenKey: listenKeyOf(owner) });
    },
  };
}
