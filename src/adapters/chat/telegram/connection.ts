import type { GatewayState } from '../../../ports/chat.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';

/** How the platform is, in one place. A lost credential and a close are final. */
export interface Connection {
  state(): GatewayState;
  /** Something went through. */
  succeeded(): void;
  isUp(): void;
  isDown(): void;
  isLost(): void;
  close(): void;
  /** Aborts when nothing more is to be tried. */
  readonly over: AbortSignal;
}

export function createConnection(clock: Clock, log: Log): Connection {
  let kind: GatewayState['kind'] = 'connecting';
  let lastSuccessAt: number | null = null;
  const over = new AbortController();
  const become = (next: GatewayState['kind']) => {
    if (kind !== 'credential-lost' && kind !== 'closed') kind = next;
  };
  return {
    state: () => ({ kind, lastSuccessAt }),
    succeeded: () => {
      lastSuccessAt = clock.now();
    },
    isUp: () => become('connected'),
    isDown: () => become('connecting'),
    isLost: () => {
      if (kind === 'credential-lost' || kind === 'closed') return;
      kind = 'credential-lost';
      log.error('telegram refuses the token', { network: 'telegram' });
      over.abort();
    },
    close: () => {
      // What was lost stays lost in the last words of /status.
      become('closed');
      over.abort();
    },
    over: over.signal,
  };
}
