import { expect, test } from 'vitest';
import { followCard } from '../../../src/app/chat/follow-card.ts';
import type { Answer } from '../../../src/app/command.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const answer = (stage: string | null, at = 0): Answer => ({
  ...{ data: { stage }, gaps: [] },
  reply: {
    ...{ title: '', severity: null, figures: [], tables: [], paragraphs: [], notes: [] },
    takenAt: null,
  },
  ...(stage === null ? {} : { follow: { line: '/check x', at, stage } }),
});

function following(stages: readonly (string | null)[], at: number) {
  const clock = fakeClock(0);
  const asked: number[] = [];
  const shown: Answer[] = [];
  const left = [...stages];
  const over = followCard(
    { line: '/check x', at, stage: 'pending' },
    {
      clock,
      ask: async () => {
        asked.push(clock.now());
        return left.length === 0 ? null : answer(left.shift() ?? null, 0);
      },
      show: async (each) => shown.push(each),
    },
  );
  return { clock, asked, shown, over };
}

test('a card is looked at when its preview expires, and shown once it is another', async () => {
  const { clock, asked, shown, over } = following([null], 60_000);
  await clock.advance(59_999);
  expect(asked).toEqual([]);
  await clock.advance(1);
  await over;
  expect({ asked, shown: shown.map(({ data }) => data) }).toEqual({
    asked: [60_000],
    shown: [{ stage: null }],
  });
});

test('what has not changed is not shown again, and looked at ever less often', async () => {
  const { clock, asked, shown, over } = following(['pending', 'pending', 'done'], 1000);
  for (let second = 0; second < 20; second += 1) await clock.advance(1000);
  await over;
  expect(asked).toEqual([1000, 3000, 7000]);
  expect(shown).toHaveLength(1);
});

test('it ends when the platform takes no more changes', async () => {
  const { clock, asked, shown, over } = following(Array(200).fill('pending'), 1000);
  for (let minute = 0; minute < 15; minute += 1) await clock.advance(60_000);
  await over;
  expect(asked.at(-1)).toBeLessThan(12 * 60_000);
  expect(shown).toEqual([]);
});
