import type { Clock } from '../../../src/ports/clock.ts';
import { Refusal } from './world.ts';

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

interface PollArgs {
  readonly offset: number;
  readonly timeout: number;
  /** Aborts when whoever polled has hung up. */
  readonly signal: AbortSignal;
}

export interface UpdateQueue {
  /** Gives the update its number; delivers it to whoever polls. */
  push(content: Readonly<Record<string, unknown>>): Update;
  /** Holds an empty poll; a newer poll throws the older one out. */
  poll(args: PollArgs): Promise<readonly Update[]>;
  drop(): void;
  /** Without a confirmation: what a webhook has not taken. */
  take(update: Update): void;
  readonly pending: readonly Update[];
}

const CONFLICT =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

export function createUpdateQueue(clock: Clock): UpdateQueue {
  let pending: Update[] = [];
  let nextId = 1000;
  let waiting: { readonly end: (refusal: Refusal | null) => void } | null = null;
  return {
    get pending() {
      return pending;
    },
    push(content) {
      const update = { update_id: nextId, ...content };
      nextId += 1;
      pending.push(update);
      waiting?.end(null);
      return update;
    },
    async poll({ offset, timeout, signal }) {
      waiting?.end(new Refusal(409, CONFLICT));
      pending = pending.filter(({ update_id: id }) => id >= offset);
      if (pending.length === 0 && timeout > 0) {
        const held = Promise.withResolvers<Refusal | null>();
        const own = { end: held.resolve };
        waiting = own;
        const refusal = await Promise.race([held.promise, clock.after(timeout * 1000, signal)]);
        if (waiting === own) waiting = null;
        if (refusal instanceof Refusal) throw refusal;
      }
      return [...pending];
    },
    drop() {
      pending = [];
    },
    take(update) {
      pending = pending.filter((each) => each !== update);
    },
  };
}
