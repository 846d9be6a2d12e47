import { hmacSha256, isSameSignature, type SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { frameOf, type SocketProtocol } from '../socket-protocol.ts';

type Arg = Readonly<Record<string, string>>;

/** v5 public and private channels. https://www.okx.com/docs-v5/en/#overview-websocket */
export function okxSocket(world: SimWorld): SocketProtocol {
  return (peer) => {
    const kind = /^\/ws\/v5\/(public|private)$/.exec(peer.path)?.[1];
    if (kind === undefined) return null;
    const channels = new Map<string, Arg>();
    let owner: SimAccount | null = null;
    return {
      hear(text) {
        if (text === 'ping') return peer.send('pong');
        const { op, args } = frameOf(text);
        const list = (Array.isArray(args) ? args : []) as Arg[];
        if (op === 'login') {
          owner = loginOwner(world, list[0] ?? {});
          return peer.send(
            owner === null
              ? { event: 'error', code: '60009', msg: 'Login failed.', connId: 'sim' }
              : { event: 'login', code: '0', msg: '', connId: 'sim' },
          );
        }
        for (const arg of list) {
          const key = JSON.stringify(arg);
          if (op === 'subscribe') channels.set(key, arg);
          if (op === 'unsubscribe') channels.delete(key);
          peer.send({ event: op, arg, connId: 'sim' });
        }
        // The venue says at once how the account stands.
        if (op === 'subscribe' && owner !== null) this.changed(owner, 0);
      },
      tick(at) {
        for (const arg of channels.values()) {
          if (arg['channel'] !== 'mark-price') continue;
          const found = world.instruments('okx').find(({ symbol }) => symbol === arg['instId']);
          if (found === undefined) continue;
          const markPx = world.market.mark(found.asset, at).toFixed();
          const row = { instType: 'SWAP', instId: found.symbol, markPx, ts: String(at) };
          peer.send({ arg, data: [row] });
        }
      },
      changed(account, at) {
        if (owner?.id !== account.id) return;
        for (const arg of channels.values()) {
          if (arg['channel'] !== 'positions') continue;
          const data = account.positions.map((position) => ({
            ...{ instType: 'SWAP', instId: position.instrument.symbol, posId: position.id },
            ...{
              mgnMode: position.marginMode,
              posSide: 'net',
              avgPx: position.entryPrice.toFixed(),
            },
            pos: (position.side === 'long'
              ? position.contracts
              : position.contracts.neg()
            ).toFixed(),
            ...{ lever: position.leverage.toFixed(), uTime: String(at), cTime: String(at) },
          }));
          peer.send({ arg, data });
        }
      },
    };
  };
}

function loginOwner(
  world: SimWorld,
  { apiKey, passphrase, timestamp, sign }: Arg,
): SimAccount | null {
  const found = world
    .desk()
    .accounts.find(({ venue, credentials }) => venue === 'okx' && credentials.apiKey === apiKey);
  const secret = found?.credentials.secret;
  if (!found || !secret || found.credentials.password !== passphrase) return null;
  const expected = hmacSha256(secret, `${timestamp}GET/users/self/verify`, 'base64');
  return isSameSignature(expected, sign) ? found : null;
}
