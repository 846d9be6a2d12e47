import type { SimWorld } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { frameOf, type SocketProtocol } from '../socket-protocol.ts';

/** Whose a login's token is. */
export interface ZtdxTokens {
  ownerOf(token: string): SimAccount | null;
}

/** One connection for everything: `ticker:SYMBOL` for all, `positions` and `unified_account` by token. */
export function ztdxSocket(world: SimWorld, tokens: ZtdxTokens): SocketProtocol {
  return (peer) => {
    if (peer.path !== '/ws') return null;
    const channels = new Set<string>();
    let owner: SimAccount | null = null;
    return {
      hear(text) {
        const { type, channel, token } = frameOf(text);
        switch (type) {
          case 'ping':
            return peer.send({ type: 'pong' });
          case 'auth_token':
            owner = tokens.ownerOf(String(token));
            return peer.send({ type: 'auth_result', success: owner !== null });
          case 'subscribe':
            channels.add(String(channel));
            return peer.send({ type: 'subscribed', channel });
          case 'unsubscribe':
            channels.delete(String(channel));
            return;
        }
      },
      tick(at) {
        for (const channel of channels) {
          const symbol = /^ticker:(.+)$/.exec(channel)?.[1];
          const found = world.instruments('ztdx').find((each) => each.symbol === symbol);
          if (found === undefined) continue;
          const { mark, index, last, fundingRate } = world.market.quote(found.asset, at);
          const hourly = fundingRate.times(100).div(8).toDecimalPlaces(4);
          peer.send({
            ...{ type: 'ticker', symbol, last_price: last.toFixed(), mark_price: mark.toFixed() },
            index_price: index.toFixed(),
            funding_rate_1h: `${hourly.isNegative() ? '' : '+'}${hourly.toFixed(4)}%`,
          });
        }
      },
      changed(account, at) {
        if (owner?.id !== account.id) return;
        if (channels.has('positions')) {
          const data = account.positions.map(({ id, instrument, side, contracts }) => ({
            ...{ id, symbol: instrument.symbol, side, size: contracts.toFixed() },
          }));
          peer.send({ type: 'positions', data });
        }
        if (channels.has('unified_account')) {
          peer.send({ type: 'unified_account', event: 'status_change', timestamp: at });
        }
      },
    };
  };
}
