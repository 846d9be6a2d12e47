import { hmacSha256, isSameSignature, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { frameOf, type SocketProtocol } from '../socket-protocol.ts';

/** v5 public (linear, inverse) and private streams. https://bybit-exchange.github.io/docs/v5/ws/connect */
export function bybitSocket(world: SimWorld, now: () => number): SocketProtocol {
  return (peer) => {
    const kind = /^\/v5\/(public\/linear|public\/inverse|private)$/.exec(peer.path)?.[1];
    if (kind === undefined) return null;
    const topics = new Set<string>();
    let owner: SimAccount | null = null;
    const answer = (op: unknown, reqId: unknown, success: boolean) =>
      peer.send({ success, ret_msg: '', op, req_id: reqId, conn_id: 'sim' });
    return {
      hear(text) {
        const { op, args, req_id: reqId } = frameOf(text);
        const list = Array.isArray(args) ? args.map(String) : [];
        if (op === 'ping') {
          return peer.send({
            success: true,
            ret_msg: 'pong',
            op: 'ping',
            req_id: reqId,
            conn_id: 'sim',
          });
        }
        if (op === 'auth') {
          owner = keyOwner(world, list);
          return answer('auth', reqId, owner !== null);
        }
        if (op === 'subscribe') for (const topic of list) topics.add(topic);
        if (op === 'unsubscribe') for (const topic of list) topics.delete(topic);
        answer(op, reqId, true);
        if (op === 'subscribe') this.tick(now());
      },
      tick(at) {
        if (kind === 'private') return;
        for (const topic of topics) {
          const symbol = /^tickers\.(.+)$/.exec(topic)?.[1];
          const found = world.instruments('bybit').find((each) => each.symbol === symbol);
          if (found === undefined) continue;
          const { mark, index, last, bid, ask } = world.market.quote(found.asset, at);
          peer.send({
            topic,
            type: 'snapshot',
            ts: at,
            cs: at,
            data: {
              symbol,
              ...{
                lastPrice: last.toFixed(),
                markPrice: mark.toFixed(),
                indexPrice: index.toFixed(),
              },
              ...{
                bid1Price: bid.toFixed(),
                bid1Size: '1',
                ask1Price: ask.toFixed(),
                ask1Size: '1',
              },
            },
          });
        }
      },
      changed(account, at) {
        if (owner?.id !== account.id || !topics.has('position')) return;
        const data = account.positions.map((position) => ({
          ...{ category: position.instrument.kind, symbol: position.instrument.symbol },
          side: position.side === 'long' ? 'Buy' : 'Sell',
          ...{ size: position.contracts.toFixed(), entryPrice: position.entryPrice.toFixed() },
          ...{ leverage: position.leverage.toFixed(), positionIdx: 0, updatedTime: String(at) },
        }));
        peer.send({ topic: 'position', id: `sim-${at}`, creationTime: at, data });
      },
    };
  };
}

/** `GET/realtime` and the moment it ends, signed. */
function keyOwner(world: SimWorld, [apiKey, expires, sign]: readonly string[]): SimAccount | null {
  const found = world
    .desk()
    .accounts.find(({ venue, credentials }) => venue === 'bybit' && credentials.apiKey === apiKey);
  const secret = found?.credentials.secret;
  if (!found || !secret) return null;
  return isSameSignature(hmacSha256(secret, `GET/realtime${expires}`, 'hex'), sign) ? found : null;
}
