import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/ports/chat.ts';
import type { Destination } from '../../src/ports/destination.ts';
import { aMessage } from '../fakes/a-message.ts';

/** What the other side does with the next message. */
export type PlaceMood = 'takes' | 'busy' | 'silent' | 'cut' | 'no-credential' | 'refuses' | 'away';

export interface PlaceSeat {
  readonly destination: Destination;
  behave(mood: PlaceMood): void;
  /** Texts that arrived, whatever was answered. */
  arrived(): readonly string[];
  close(): Promise<void>;
}

const LONGEST_MS = 3000;

/** Promises of every destination: one attempt, an outcome from the closed list, never a rejection. */
export function destinationContract(name: string, open: () => Promise<PlaceSeat>): void {
  let seat: PlaceSeat;
  beforeEach(async () => {
    seat = await open();
  });
  afterEach(() => seat.close());

  test.each<{ why: string; mood: PlaceMood; kinds: SendOutcome['kind'][]; most: number }>([
    { why: 'taken', mood: 'takes', kinds: ['delivered'], most: 1 },
    { why: 'asked to wait', mood: 'busy', kinds: ['retry'], most: 0 },
    { why: 'taken, and never answered', mood: 'silent', kinds: ['unknown'], most: 1 },
    { why: 'taken, and the line cut', mood: 'cut', kinds: ['unknown'], most: 1 },
    { why: 'our credential is not good', mood: 'no-credential', kinds: ['dead'], most: 0 },
    { why: 'this message is not wanted', mood: 'refuses', kinds: ['dead'], most: 0 },
    { why: 'nobody there: it has not left', mood: 'away', kinds: ['retry'], most: 0 },
  ])(`${name}: $why`, async ({ mood, kinds, most }) => {
    seat.behave(mood);
    const startedAt = performance.now();
    const outcome = await seat.destination.send(aMessage());
    expect(kinds).toContain(outcome.kind);
    expect(seat.arrived().length).toBeLessThanOrEqual(most);
    expect(performance.now() - startedAt).toBeLessThan(LONGEST_MS);
  });

  test(`${name}: the same message has the same name at every attempt, another one another`, async () => {
    const idOf = async (key: string) => {
      const sent = await seat.destination.send(aMessage({ key }));
      return sent.kind === 'delivered' ? sent.messageId : null;
    };
    const first = await idOf('a');
    expect(first).not.toBeNull();
    expect(await idOf('a')).toBe(first);
    expect(await idOf('b')).not.toBe(first);
  });

  test(`${name}: says what the alert says, in its language`, async () => {
    await seat.destination.send(aMessage({ reply: { title: '严重：量化A' }, locale: 'zh-CN' }));
    expect(seat.arrived().join()).toContain('量化A');
  });
}
