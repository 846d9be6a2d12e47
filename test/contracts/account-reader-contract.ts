import { afterEach, describe, expect, test } from 'vitest';
import type { AccountReader } from '../../src/ports/venue.ts';

/** What the suite needs a venue to be in, each with a fresh reader. */
export interface ReaderHarness {
  /** An account without positions, with a balance. */
  flat(): Promise<AccountReader>;
  /** One position that can be read and one row that cannot: its symbol, and the field. */
  oneUnreadable(): Promise<{ reader: AccountReader; symbol: string; field: string }>;
  /** A venue whose position list fails while its balance does not. */
  deadPositions(): Promise<AccountReader>;
  /** A venue that fails at everything, with an error text that holds the secrets it was sent. */
  broken(): Promise<{ reader: AccountReader; secrets: readonly string[] }>;
  /** A venue that takes the request and never answers. */
  silent(): Promise<AccountReader>;
  /** Closes what the above opened. */
  close(): Promise<void>;
}

const soon = () => AbortSignal.timeout(10_000);

/** What every AccountReader keeps, whatever venue is behind it. */
export function accountReaderContract(name: string, harness: ReaderHarness): void {
  describe(`account reader contract: ${name}`, () => {
    afterEach(() => harness.close());

    test('flat is an empty list, and a balance beside it', async () => {
      const reading = await (await harness.flat()).read(soon());
      expect(reading.positions).toEqual({ ok: true, value: { positions: [], unreadable: [] } });
      expect(reading.margin.ok).toBe(true);
    });

    test('a row that cannot be read is named; the others are there', async () => {
      const { reader, symbol, field } = await harness.oneUnreadable();
      const { positions } = await reader.read(soon());
      if (!positions.ok) expect.fail(`positions: ${positions.error.kind}`);
      expect(positions.value.unreadable).toEqual([{ symbol, field }]);
      expect(positions.value.positions).toHaveLength(1);
    });

    test('a dead position list does not hide the balance, and is no empty book', async () => {
      const reading = await (await harness.deadPositions()).read(soon());
      expect(reading.positions.ok).toBe(false);
      expect(reading.margin.ok).toBe(true);
    });

    test('a broken venue is an error in both halves, not a rejection, and tells no secret', async () => {
      const { reader, secrets } = await harness.broken();
      const reading = await reader.read(soon());
      const inspection = await reader.inspect(soon());
      expect([reading.positions.ok, reading.margin.ok, inspection.ok]).toEqual([
        false,
        false,
        false,
      ]);
      const told = JSON.stringify([reading, inspection]);
      for (const secret of secrets) expect(told).not.toContain(secret);
    });

    test('at abort the answer is unavailable: timeout, whatever the wire does', async () => {
      const reader = await harness.silent();
      const leaving = new AbortController();
      const reading = reader.read(leaving.signal);
      const inspection = reader.inspect(leaving.signal);
      setImmediate(() => leaving.abort());
      const timeout = { kind: 'unavailable', detail: { code: 'timeout' } };
      expect(await reading).toMatchObject({
        positions: { ok: false, error: timeout },
        margin: { ok: false, error: timeout },
      });
      expect(await inspection).toMatchObject({ ok: false, error: timeout });
    });

    test('a call that is over before it starts answers the same', async () => {
      const reading = await (await harness.silent()).read(AbortSignal.abort());
      expect(reading.positions).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    });
  });
}
