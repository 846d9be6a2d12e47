import { describe, expect, test } from 'vitest';
import type { InstrumentRef, MarketSource } from '../../src/ports/market-data.ts';

export interface MarketHarness {
  /** A source whose venue is well. */
  healthy(): Promise<MarketSource> | MarketSource;
  /** The same, and its venue answers nothing useful. */
  broken(): Promise<MarketSource> | MarketSource;
  /** Trades there. */
  readonly instrument: InstrumentRef;
  /** What the source does not have at all. */
  readonly lacks?: readonly ('contracts' | 'candles' | 'settledFunding')[];
}

const DAY = 86_400_000;
const soon = () => AbortSignal.timeout(20_000);

/** Every question of the port, by name. */
function questions(source: MarketSource, instrument: InstrumentRef, signal: AbortSignal) {
  const now = Date.now();
  const query = { instrument, interval: '1d', from: now - 10 * DAY, to: now } as const;
  return {
    contracts: () => source.contracts(signal),
    candles: () => source.candles(query, signal),
    funding: () => source.funding([instrument], signal),
    settledFunding: () => source.settledFunding(instrument, now - 10 * DAY, signal),
    book: () => source.book(instrument, 5, signal),
    marks: () => source.marks(signal),
  };
}

/** What every source of market data promises, whatever is behind it. */
export function marketSourceContract(name: string, harness: MarketHarness): void {
  const { instrument } = harness;
  const lacks = new Set<string>(harness.lacks ?? []);

  describe(`market source contract: ${name}`, () => {
    test('it answers for its venue, says when and who; what it lacks is unsupported', async () => {
      const source = await harness.healthy();
      expect(source.venues).toContain(instrument.venue);
      for (const [question, ask] of Object.entries(questions(source, instrument, soon()))) {
        const answer = await ask();
        if (lacks.has(question)) {
          expect(answer, question).toMatchObject({ ok: false, error: { kind: 'unsupported' } });
        } else {
          expect(answer, question).toMatchObject({ ok: true, value: { source: source.name } });
          const observedAt = answer.ok ? answer.value.observedAt : 0;
          expect(Math.abs(observedAt - Date.now()), question).toBeLessThan(60_000);
        }
      }
    });

    test('candles are closed, ascending and on the UTC grid; books have the best first', async () => {
      const source = await harness.healthy();
      const asked = questions(source, instrument, soon());
      const candles = lacks.has('candles') ? null : await asked.candles();
      if (candles?.ok) {
        const times = candles.value.value.map(({ openTime }) => openTime);
        expect(times.length).toBeGreaterThan(5);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
        expect(times.every((at) => at % DAY === 0 && at + DAY <= Date.now())).toBe(true);
      }
      const book = await asked.book();
      if (!book.ok) expect.fail('no book');
      const prices = (side: 'bids' | 'asks') => book.value.value[side].map(({ price }) => price);
      expect(prices('bids')).toEqual(prices('bids').sort((a, b) => b - a));
      expect(prices('asks')).toEqual(prices('asks').sort((a, b) => a - b));
    });

    test('an instrument of nobody is unsupported, and has no funding', async () => {
      const source = await harness.healthy();
      const nobody = { venue: instrument.venue, symbol: 'not a symbol' };
      const asked = questions(source, nobody, soon());
      for (const question of ['candles', 'book', 'settledFunding'] as const) {
        expect(await asked[question](), question).toMatchObject({
          ok: false,
          error: { kind: 'unsupported' },
        });
      }
      expect(await asked.funding()).toMatchObject({ ok: true, value: { value: [] } });
    });

    test('a broken venue is an error in every answer, never an empty one and never a throw', async () => {
      const source = await harness.broken();
      for (const [question, ask] of Object.entries(questions(source, instrument, soon()))) {
        expect(await ask(), question).toMatchObject({ ok: false });
      }
    });

    test('a caller who has left gets no answer', async () => {
      if (lacks.size > 0) return; // Answers from memory, at once.
      const source = await harness.healthy();
      const gone = AbortSignal.abort();
      for (const [question, ask] of Object.entries(questions(source, instrument, gone))) {
        expect(await ask(), question).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
      }
    });
  });
}
