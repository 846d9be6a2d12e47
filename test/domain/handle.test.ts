import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handlesOf } from '../../src/domain/handle.ts';
import type { Position } from '../../src/domain/position.ts';

interface Key {
  readonly account: string;
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly venue?: string;
  readonly marginMode?: 'cross' | 'isolated';
}

const position = ({ account, symbol, side, venue = 'bybit', marginMode = 'cross' }: Key) =>
  ({ account, venue, side, marginMode, instrument: { symbol } }) as unknown as Position;

const btc = position({ account: 'a', symbol: 'BTC/USDT:USDT', side: 'long' });

test('four characters that cannot be misread over a phone, the same whatever else is open', () => {
  const alone = handlesOf([btc]).get(btc);
  expect(alone).toMatch(/^[23456789abcdefghjkmnpqrstvwxyz]{4}$/);
  const other = position({ account: 'b', symbol: 'ETH/USDT:USDT', side: 'short' });
  expect(handlesOf([other, btc]).get(btc)).toBe(alone);
});

test('both legs of a hedge have handles of their own', () => {
  const short = position({ account: 'a', symbol: 'BTC/USDT:USDT', side: 'short' });
  const handles = handlesOf([btc, short]);
  expect(handles.get(btc)).not.toBe(handles.get(short));
});

test('OKX cross and isolated legs of one key keep their handles when the other comes or goes', () => {
  const key = { account: 'o', symbol: 'BTC/USDT:USDT', side: 'long', venue: 'okx' } as const;
  const cross = position(key);
  const isolated = position({ ...key, marginMode: 'isolated' });
  for (const book of [
    [cross, isolated],
    [isolated, cross],
  ]) {
    expect(handlesOf(book).get(cross)).toBe(handlesOf([cross]).get(cross));
    expect(handlesOf(book).get(isolated)).toBe(handlesOf([isolated]).get(isolated));
  }
});

test('handles are unique over any desk, and longer only where they must be', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.nat(400), fc.nat(40), fc.boolean()), {
        minLength: 1,
        maxLength: 400,
        selector: (key) => key.join(),
      }),
      (keys) => {
        const positions = keys.map(([account, symbol, isLong]) =>
          position({
            account: `a${account}`,
            symbol: `S${symbol}`,
            side: isLong ? 'long' : 'short',
          }),
        );
        const handles = [...handlesOf(positions).values()];
        expect(new Set(handles).size).toBe(positions.length);
        const short = handles.map((handle) => handle.slice(0, 4));
        for (const handle of handles) {
          const isShared = short.filter((prefix) => prefix === handle.slice(0, 4)).length > 1;
          if (!isShared) expect(handle).toHaveLength(4);
        }
      },
    ),
    { seed: 11, numRuns: 60 },
  );
});
