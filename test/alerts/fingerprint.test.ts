import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RULE_IDS, type Subject } from '../../src/alerts/alert.ts';
import { fingerprintOf } from '../../src/alerts/fingerprint.ts';
import { hash128 } from '../../src/alerts/hash-128.ts';

test('the name of an alert never changes: stored alerts go by it', () => {
  const subject: Subject = { kind: 'account', venue: 'bybit', account: 'bybit-quant-a' };
  expect(fingerprintOf('marginUsage', subject)).toBe('8ee2257b9facf393bbb66daa4a49e443');
  expect(fingerprintOf('marginUsage', { ...subject })).toBe(fingerprintOf('marginUsage', subject));
});

test('no two subjects or rules share a name', () => {
  const subjects: Subject[] = [
    { kind: 'desk' },
    { kind: 'venue', venue: 'a' },
    { kind: 'asset', asset: 'a' },
    { kind: 'account', venue: 'a', account: 'b' },
    { kind: 'instrument', venue: 'a', instrument: 'b' },
    { kind: 'book', book: 'a', asset: 'b' },
    ...(['long', 'short'] as const).flatMap((side): Subject[] => {
      const leg = { kind: 'position', venue: 'a', account: 'b', instrument: 'c', side } as const;
      return [leg, { ...leg, isolated: true }];
    }),
  ];
  const names = RULE_IDS.flatMap((rule) => subjects.map((subject) => fingerprintOf(rule, subject)));
  expect(new Set(names).size).toBe(names.length);
});

test('hashes are 32 hexadecimal digits, and near texts are far apart', () => {
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(fc.string({ maxLength: 40, unit: 'grapheme' }), (text) => {
      for (const each of [text, `${text}\u0000`, `${text} `, `\u0000${text}`]) {
        const hash = hash128(each);
        expect(hash).toMatch(/^[0-9a-f]{32}$/);
        expect(seen.get(hash) ?? each).toBe(each);
        seen.set(hash, each);
      }
    }),
    { seed: 20_251_010, numRuns: 1000 },
  );
  const [a, b] = ['position 1', 'position 2'].map((text) => BigInt(`0x${hash128(text)}`));
  const differing = ((a ?? 0n) ^ (b ?? 0n)).toString(2).split('1').length - 1;
  expect(differing).toBeGreaterThan(40);
});
