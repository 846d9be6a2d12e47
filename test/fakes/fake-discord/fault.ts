import type { Clock } from '../../../src/ports/clock.ts';

/** What goes wrong with the next requests that match `on` (`POST /channels/`, a start of a line). */
export type Fault =
  | {
      readonly kind: 'rate-limit';
      readonly on: string;
      readonly times?: number;
      readonly seconds: number;
      readonly scope: 'user' | 'shared' | 'global';
      /** `missing`: only the body says how long. */
      readonly header: 'whole' | 'fractional' | 'missing';
    }
  /** `afterwards`: what was asked is done, only the answer gets lost. */
  | {
      readonly kind: 'status' | 'hang' | 'reset';
      readonly on: string;
      readonly times?: number;
      readonly status?: number;
      readonly code?: number;
      readonly afterwards?: boolean;
    };

export interface Faults {
  add(fault: Fault): void;
  /** The fault for this request, used up once; null: none. */
  take(line: string): Fault | null;
  ban(line: string, fault: Extract<Fault, { kind: 'rate-limit' }>): void;
  /** Milliseconds for which this request is still unwelcome; 0: it may come. */
  banned(line: string): { readonly ms: number; readonly isGlobal: boolean };
}

/** A bucket is method, kind of path and channel, as Discord has it. */
function bucketOf(line: string): string {
  return line.replace(/(\/messages)\/.*$/u, '$1');
}

const isOutsideGlobal = (line: string) => /\/(interactions|webhooks)\//u.test(line);

export function createFaults(clock: Clock): Faults {
  const scripted: { fault: Fault; left: number }[] = [];
  const bans = new Map<string, number>();
  let globalUntil = 0;
  return {
    add: (fault) => {
      scripted.push({ fault, left: fault.times ?? 1 });
    },
    take: (line) => {
      const next = scripted.find(({ fault, left }) => left > 0 && line.startsWith(fault.on));
      if (next === undefined) return null;
      next.left -= 1;
      return next.fault;
    },
    ban: (line, { scope, seconds }) => {
      const until = clock.now() + seconds * 1000;
      if (scope === 'global') globalUntil = until;
      else bans.set(bucketOf(line), until);
    },
    banned: (line) => {
      const own = (bans.get(bucketOf(line)) ?? 0) - clock.now();
      const global = isOutsideGlobal(line) ? 0 : globalUntil - clock.now();
      return { ms: Math.max(0, own, global), isGlobal: global > own };
    },
  };
}
