import type { GatewayState } from '../../../ports/chat.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';

/** How the connection is, as everybody in this adapter sees and reports it. */
export interface GatewayHealth {
  state(): GatewayState;
  /** Something went through. */
  worked(): void;
  becomes(kind: 'connected' | 'connecting' | 'closed'): void;
  /** The token was refused: for good, until somebody gives another one and starts again. */
  loseCredential(where: string): void;
  isLost(): boolean;
  /** Aborts when the credential is lost or the gateway closed. */
  readonly ended: AbortSignal;
}

export function createGatewayHealth(deps: {
  readonly clock: Clock;
  readonly log: Log;
}): GatewayHealth {
  const ended = new AbortController();
  let kind: GatewayState['kind'] = 'connecting';
  let lastSuccessAt: number | null = null;
  return {
    state: () => ({ kind, lastSuccessAt }),
    worked: () => {
      lastSuccessAt = deps.clock.now();
    },
    becomes: (next) => {
      if (kind === 'closed' || (kind === 'credential-lost' && next !== 'closed')) return;
      kind = next;
      if (next === 'closed') ended.abort();
    },
    loseCredential: (where) => {
      if (kind === 'closed' || kind === 'credential-lost') return;
      kind = 'credential-lost';
      ended.abort();
      deps.log.error(
        'discord refused the token: nothing is sent or answered until it is replaced',
        {
          where,
        },
      );
    },
    isLost: () => kind === 'credential-lost',
    ended: ended.signal,
  };
}
