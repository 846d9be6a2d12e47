import { expect, test } from 'vitest';
import type { Read } from '../../../src/app/commentary/commentator.ts';
import { snapshotOf } from '../../commands/small-desk.ts';
import {
  A,
  aCommentator,
  answerOf,
  B,
  faultOf,
  item,
  planText,
  readerIn,
  reportOf,
} from './a-commentator.ts';

const REPORT = reportOf(snapshotOf(A, B));
const EN = readerIn('en');
const footerOf = ({ paragraphs }: { readonly paragraphs: readonly string[] }) => paragraphs.at(-1);
const laterOf = async (read: Read) => {
  const later = await read.later();
  if (later === null || later === 'moved') throw new Error(`nothing to show: ${later}`);
  return later;
};

test('without a model the rules speak at once, and there is nothing to wait for', async () => {
  const { commentator, attempts } = aCommentator(null);
  const read = await commentator.read(REPORT, EN);
  expect(read.now.mode).toBe('rule');
  expect(read.now.paragraphs.join('\n')).toContain('desk-a has 80.0% of its margin in use');
  expect(footerOf(read.now)).toMatch(/^Figures verified (\d+)\/\1\.$/);
  expect(await read.later()).toBeNull();
  expect(attempts).toEqual([]);
});

test('a true plan replaces the rules, is asked for once, and serves both languages', async () => {
  const { commentator, asked, attempts } = aCommentator(answerOf(planText(item('A1.mu'))));
  const read = await commentator.read(REPORT, EN);
  expect(read.now.mode).toBe('rule');
  const later = await laterOf(read);
  expect(later.mode).toBe('plan');
  expect(footerOf(later)).toMatch(/^Ranked by m, figures verified (\d+)\/\1\.$/);
  const chinese = await commentator.read(REPORT, readerIn('zh-CN'));
  expect(chinese.now.mode).toBe('plan');
  expect(footerOf(chinese.now)).toMatch(/^由 m 排序，数字已核对 (\d+)\/\1。$/);
  expect(await chinese.later()).toBeNull();
  expect(asked).toHaveLength(1);
  expect(attempts).toMatchObject([
    { trigger: 'margin', modelAnswered: 'm-1', tokensIn: 300, costUsd: '0.001', fault: null },
  ]);
  expect(JSON.stringify(attempts)).not.toMatch(/desk-a|80\.0|USDT/);
});

test('two who ask at the same time are one question', async () => {
  const { commentator, asked } = aCommentator(answerOf(planText(item('A1.mu'))));
  const reads = await Promise.all([commentator.read(REPORT, EN), commentator.read(REPORT, EN)]);
  const modes = await Promise.all(reads.map(async (read) => (await laterOf(read)).mode));
  expect(modes).toEqual(['plan', 'plan']);
  expect(asked).toHaveLength(1);
});

test.each([
  { why: 'a fault', answer: faultOf('timeout'), says: 'model unavailable: timeout' },
  { why: 'a budget', answer: faultOf('budget'), says: 'model unavailable: budget spent' },
  { why: 'prose', answer: answerOf('All is well.'), says: 'answer was no plan' },
  {
    why: 'a fact that is not beyond a line',
    answer: answerOf(planText(item('A2.hf'))),
    says: 'its ranking was not true',
  },
  {
    why: 'an act that is none',
    answer: answerOf(planText(item('A1.mu', 'X9', 'effect'))),
    says: 'its ranking was not true',
  },
])('$why: the same words as before, and why nobody ranked', async ({ answer, says }) => {
  const { commentator, attempts } = aCommentator(answer);
  const read = await commentator.read(REPORT, EN);
  const later = await laterOf(read);
  expect(later.mode).toBe('rule');
  expect(later.paragraphs.slice(0, -1)).toEqual(read.now.paragraphs.slice(0, -1));
  expect(footerOf(later)).toContain(says);
  expect(attempts).toHaveLength(1);
});

test('a calm desk asks nobody', async () => {
  const { commentator, asked } = aCommentator(answerOf('{}'));
  const calm = reportOf(snapshotOf({ ...A, initial: '100', maintenance: '10' }));
  const read = await commentator.read(calm, EN);
  expect(await read.later()).toBeNull();
  expect(asked).toEqual([]);
});

test.each([
  { why: 'exactly 30 s old: it still is', waits: 30_000, moved: false },
  { why: 'older: it may be another desk', waits: 30_001, moved: true },
])('$why', async ({ waits, moved }) => {
  const { commentator, clock } = aCommentator(answerOf(planText(item('A1.mu'))));
  const read = await commentator.read(REPORT, EN);
  await clock.advance(waits);
  expect((await read.later()) === 'moved').toBe(moved);
});

test.each([
  { why: 'half a percent: no move', mark: '60300', moved: false },
  { why: 'more than half a percent', mark: '60301', moved: true },
])('$why', async ({ mark, moved }) => {
  const leg = { symbol: 'BTC/USDT:USDT', side: 'long', contracts: '0.01', entry: '60000' } as const;
  const at = (price: string) => snapshotOf({ ...A, legs: [{ ...leg, mark: price }] }, B);
  const { commentator, desk } = aCommentator(answerOf(planText(item('A1.mu'))));
  const read = await commentator.read(reportOf(at('60000')), EN);
  desk.lastKnown = at(mark);
  expect((await read.later()) === 'moved').toBe(moved);
});

test('worse than before is said against a report of at least five minutes ago', async () => {
  const { commentator } = aCommentator(null);
  const after = (ms: number, initial: string) => {
    const snapshot = snapshotOf({ ...A, initial }, B);
    return reportOf({ ...snapshot, takenAt: snapshot.takenAt + ms });
  };
  const said = async (ms: number, initial: string) =>
    (await commentator.read(after(ms, initial), EN)).now.paragraphs.join(' ');
  await said(0, '750');
  expect(await said(299_999, '800')).not.toMatch(/worse than|up from|higher/i);
  expect(await said(300_000, '800')).toMatch(/worse than|up from|higher/i);
});

test('the same report and the same plan make the same bytes', async () => {
  const hashes = new Set<string>();
  for (let i = 0; i < 20; i += 1) {
    const { commentator, attempts } = aCommentator(answerOf(planText(item('A1.mu'))));
    await laterOf(await commentator.read(reportOf(snapshotOf(A, B)), EN));
    hashes.add(`${attempts[0]?.sheetHash} ${attempts[0]?.textHash}`);
  }
  expect(hashes.size).toBe(1);
});
