import { describe, expect, test } from 'vitest';
import type { SimFault } from '../src/sim/fault.ts';
import { startDemoProgram } from './fakes/demo-program.ts';

/** One account per venue; each is broken in turn while the others go on. */
const VICTIMS = {
  bybit: 'bybit-quant-a',
  binanceusdm: 'binance-quant-b',
  okx: 'okx-quant-c',
  ztdx: 'ztdx-maker-2',
} as const;

interface Row {
  readonly why: string;
  readonly fault: SimFault;
  readonly kind: string;
  /** Venues whose positions do not depend on what is broken: only the other half is a gap. */
  readonly halfAt?: string;
}

const FAULTS: readonly Row[] = [
  { why: 'the connection is cut', fault: { kind: 'dead' }, kind: 'unavailable' },
  {
    why: 'answers come after the deadline',
    fault: { kind: 'slow', delayMs: 30_000 },
    kind: 'unavailable',
  },
  { why: 'the body stalls half way', fault: { kind: 'stalled' }, kind: 'unavailable' },
  { why: 'the connection is cut half way', fault: { kind: 'halfBody' }, kind: 'malformed' },
  { why: 'the JSON is cut off', fault: { kind: 'cutJson' }, kind: 'malformed' },
  { why: 'an empty body with 200', fault: { kind: 'emptyBody' }, kind: 'malformed' },
  { why: 'a web page with 200', fault: { kind: 'html' }, kind: 'malformed' },
  { why: 'a redirect', fault: { kind: 'redirect' }, kind: 'unavailable' },
  { why: '401', fault: { kind: 'status', status: 401 }, kind: 'unauthorized' },
  { why: '418', fault: { kind: 'status', status: 418 }, kind: 'rate-limited' },
  { why: '429 without Retry-After', fault: { kind: 'status', status: 429 }, kind: 'rate-limited' },
  {
    why: '429 with Retry-After',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
    kind: 'rate-limited',
  },
  { why: "the venue's own rate limit", fault: { kind: 'rateLimited' }, kind: 'rate-limited' },
  { why: '500', fault: { kind: 'status', status: 500 }, kind: 'unavailable' },
  { why: '503', fault: { kind: 'status', status: 503 }, kind: 'unavailable' },
  {
    why: 'our clock is wrong',
    fault: { kind: 'wrongClock', skewMs: 120_000 },
    kind: 'clock',
    // ZTDX positions are read by token; only its account call is signed with the time.
    halfAt: 'ztdx',
  },
  { why: 'the key is revoked', fault: { kind: 'revoked' }, kind: 'unauthorized' },
];

interface Gap {
  readonly account: string;
  readonly kind: string;
  readonly reason: string;
}

describe.each(Object.entries(VICTIMS))('%s', (venue, victim) => {
  for (const { why, fault, kind, halfAt } of FAULTS) {
    test(`${why} → ${kind}`, async () => {
      // A program of its own: a rate limit pauses the venue's whole lane, as it should.
      const program = await startDemoProgram({ requestMs: 2000 });
      try {
        program.sim.fault(victim, fault);
        const printed = await program.ask('/positions', { json: true });
        const { partial, gaps, data } = JSON.parse(printed.stdout) as {
          partial: boolean;
          gaps: Gap[];
          data: { positions: { account: string }[] };
        };
        expect(printed.exit).toBe(3);
        expect(partial).toBe(true);
        const own = gaps.filter((gap) => gap.account === victim);
        expect(own.map((gap) => gap.kind)).toContain(kind);
        const seen = new Set(data.positions.map(({ account }) => account));
        expect(seen.has(victim)).toBe(halfAt === venue);
        for (const [otherVenue, other] of Object.entries(VICTIMS)) {
          if (otherVenue !== venue) expect(seen, `${other} is still there`).toContain(other);
        }
      } finally {
        await program.close();
      }
    });
  }
});
