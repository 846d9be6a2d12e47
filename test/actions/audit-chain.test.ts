import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditFault, AuditLine } from '../../src/actions/audit-chain.ts';
import { auditFaults, nextLine, START } from '../../src/actions/audit-chain.ts';
import { canonicalJson } from '../../src/actions/canonical-json.ts';
import { dec } from '../../src/domain/decimal.ts';
import { sha256 } from './a-preview.ts';

function chain(length: number, salt = ''): AuditLine[] {
  const lines: AuditLine[] = [];
  for (let at = 0; at < length; at += 1) {
    lines.push(nextLine(lines.at(-1) ?? null, { at, what: `step${salt}`, by: 'trader' }, sha256));
  }
  return lines;
}

const LINES = chain(6);
const HEAD = LINES.at(-1) ?? null;
const pick = (...numbers: number[]) => numbers.map((number) => LINES[number - 1] as AuditLine);
const rehashed = (line: AuditLine, entry: AuditLine['entry']) =>
  nextLine({ sequence: line.sequence - 1, hash: line.previous }, entry, sha256);
const [, , third] = LINES as [AuditLine, AuditLine, AuditLine];

test.each<{ why: string; lines: readonly AuditLine[]; faults: readonly AuditFault[] }>([
  { why: 'untouched', lines: LINES, faults: [] },
  {
    why: 'one word is another',
    lines: LINES.with(2, { ...third, entry: { ...third.entry, by: 'nobody' } }),
    faults: [{ position: 3, kind: 'changed' }],
  },
  {
    why: 'a key was added',
    lines: LINES.with(2, { ...third, entry: { ...third.entry, more: null } }),
    faults: [{ position: 3, kind: 'changed' }],
  },
  {
    why: 'the number is another',
    lines: LINES.with(2, { ...third, sequence: 9 }),
    faults: [{ position: 3, kind: 'changed' }],
  },
  {
    why: 'a line was rewritten with a hash of its own: the next one gives it away',
    lines: LINES.with(2, rehashed(third, { at: 2, what: 'step', by: 'nobody' })),
    faults: [{ position: 4, kind: 'unlinked' }],
  },
  {
    why: 'a line is gone',
    lines: pick(1, 2, 4, 5, 6),
    faults: [{ position: 3, kind: 'missing' }],
  },
  { why: 'the first is gone', lines: LINES.slice(1), faults: [{ position: 1, kind: 'missing' }] },
  {
    why: 'the last are gone: only the head kept apart tells',
    lines: LINES.slice(0, 4),
    faults: [{ position: 5, kind: 'missing' }],
  },
  { why: 'all are gone', lines: [], faults: [{ position: 1, kind: 'missing' }] },
  {
    why: 'two lines changed places',
    lines: pick(1, 2, 4, 3, 5, 6),
    faults: [{ position: 4, kind: 'reordered' }],
  },
  {
    why: 'a line is there twice',
    lines: pick(1, 2, 3, 3, 4, 5, 6),
    faults: [{ position: 4, kind: 'reordered' }],
  },
  {
    why: 'all was written anew: each line is whole, but not the end that was kept',
    lines: chain(6, 'x'),
    faults: [{ position: 7, kind: 'unlinked' }],
  },
  {
    why: 'a line was put in at the end',
    lines: [...LINES, nextLine(HEAD, { at: 6, what: 'more' }, sha256)],
    faults: [{ position: 8, kind: 'unlinked' }],
  },
])('$why', ({ lines, faults }) => {
  expect(auditFaults(lines, { head: HEAD, hash: sha256 })).toEqual(faults);
});

test('without a head a copy is checked as far as it goes', () => {
  expect(auditFaults(LINES.slice(0, 4), { head: null, hash: sha256 })).toEqual([]);
  expect(LINES[0]?.previous).toBe(START);
});

test('a line that went through JSON and back is the same line', () => {
  const entry = { amount: dec('0.00000001'), detail: { b: 1, a: [null, 'x'] } };
  const line = nextLine(null, entry, sha256);
  const copy = JSON.parse(JSON.stringify(line)) as AuditLine;
  expect(auditFaults([copy], { head: line, hash: sha256 })).toEqual([]);
});

test('any change of any field of any line is found', () => {
  fc.assert(
    fc.property(fc.nat(5), fc.constantFrom('at', 'what', 'by'), fc.string(), (at, key, text) => {
      const line = LINES[at] as AuditLine;
      const changed = { ...line, entry: { ...line.entry, [key]: `${text}!` } };
      const faults = auditFaults(LINES.with(at, changed), { head: HEAD, hash: sha256 });
      expect(faults).toEqual([{ position: at + 1, kind: 'changed' }]);
    }),
    { seed: 20_261_126, numRuns: 300 },
  );
});

test.each([
  { why: 'keys in order', value: { b: 1, a: 2 }, text: '{"a":2,"b":1}' },
  { why: 'all the way down', value: [{ z: { y: 1, x: 2 } }], text: '[{"z":{"x":2,"y":1}}]' },
  { why: 'every digit, no exponent', value: { a: dec('1e-8') }, text: '{"a":"0.00000001"}' },
  { why: 'null is said, absent is not', value: { a: null, b: undefined }, text: '{"a":null}' },
])('canonical JSON: $why', ({ value, text }) => {
  expect(canonicalJson(value)).toBe(text);
});
