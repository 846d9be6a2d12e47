/** Where a life ends. The words are those of the desk's own failpoints, and three that lie outside it. */
export const POINTS = [
  { code: 'C0', at: 'T1 before', why: 'nothing is kept: the next look finds it again' },
  { code: 'C1', at: 'T1 inside', why: 'rolled back' },
  { code: 'C2', at: 'T1 after', why: 'kept, nobody told' },
  { code: 'C3', at: 'T2 after', why: 'claimed' },
  { code: 'C4', at: 'rendered', why: 'drawn' },
  { code: 'C5', at: 'half a request', why: 'the platform heard the beginning' },
  { code: 'C6', at: 'no answer', why: 'the platform has it, the answer never came' },
  { code: 'C7', at: 'answered', why: 'the answer was read and not written down' },
  { code: 'C8', at: 'T3 inside', why: 'rolled back' },
  { code: 'C9', at: 'T3 after', why: 'settled' },
  { code: 'C10', at: 'press inside', why: 'an acknowledgement that nobody answered' },
  { code: 'C11', at: 'press after', why: 'an acknowledgement whose edit was not sent' },
  { code: 'C12', at: 'timer before', why: 'an escalation was due' },
  { code: 'C13', at: 'timer inside', why: 'rolled back with its step' },
  { code: 'C14', at: 'opening', why: 'while the store is made or brought up to date' },
  {
    code: 'C15',
    at: 'frozen',
    why: 'stopped with an answer in its hands; wakes up after its successor',
  },
] as const;

/** Lives and platforms share a clock that runs so much faster than the machine's. */
export const RATE = 10;

export function fastNow(startedAt: number): number {
  return Math.floor(startedAt + (Date.now() - startedAt) * RATE);
}

export type KillPoint = (typeof POINTS)[number]['at'];

/** What a life is told: told once, as its argument. */
export interface LifePlan {
  readonly store: string;
  readonly network: 'discord' | 'telegram';
  readonly url: string;
  readonly token: string;
  readonly application: string;
  /** The room, and where escalation goes. */
  readonly chats: readonly [string, string];
  /** Where the fast clock and the machine's agreed. */
  readonly startedAt: number;
  /** Ahead of the fast clock. */
  readonly aheadMs: number;
  /** Accounts of earlier lives: what the store does not know of them fires again. */
  readonly before: readonly string[];
  readonly fresh: readonly { readonly account: string; readonly level: 'CRIT' | 'EMERG' }[];
  /** Null: lives to the end. */
  readonly end: KillPoint | null;
  /** Dies when it passes the point for this time, from 1. */
  readonly pass: number;
}

/** What a life says, a line of JSON each. */
export type LifeWord =
  | {
      readonly kind: 'recovered';
      readonly balance: {
        readonly lost: number;
        readonly difference: number;
        readonly pending: number;
      };
      /** Account → who has it in hand. */
      readonly acked: Readonly<Record<string, string | null>>;
    }
  | { readonly kind: 'ahead'; readonly ms: number }
  | { readonly kind: 'armed' }
  | { readonly kind: 'frozen' }
  | { readonly kind: 'done'; readonly isFenced: boolean };
