import { expect, test } from 'vitest';
import { createLaterReadings } from '../../../src/app/chat/later-readings.ts';
import type { Outcome } from '../../../src/app/dispatch.ts';
import type { ChatView } from '../../../src/ports/chat.ts';
import type { Reply } from '../../../src/replies/reply.ts';

const reply: Reply = {
  ...{ title: 't', severity: null, figures: [], tables: [], paragraphs: [], notes: [] },
  takenAt: 1,
};
const view: ChatView = {
  ...{ reply, locale: 'en', picture: null },
  buttons: [[{ token: 'refresh', label: 'r', style: 'plain' }]],
};

function outcomeOf(mode: 'rule' | 'plan', ...paragraphs: string[]): Outcome {
  const reading = { mode, paragraphs, verified: { shown: 1, proven: 1 } };
  const answer = { data: {}, gaps: [], reply: { ...reply, paragraphs } };
  return { exit: 0, command: 'liq', answer, problem: null, takenAt: 1, reading };
}

const FIRST = outcomeOf('rule', 'A is worst.', 'Figures verified 1/1.');

/** What was shown after the first answer, as its paragraphs. */
async function shownAfter(
  found: Outcome | 'moved' | null,
  { isPressed = false }: { readonly isPressed?: boolean } = {},
) {
  const shown: unknown[] = [];
  const readings = createLaterReadings({ error: () => {}, warn: () => {} });
  const later = async () => {
    if (isPressed) readings.pressed('refresh');
    return found;
  };
  await readings.bring({ ...FIRST, later }, view, {
    network: 'discord',
    again: async () => outcomeOf('rule', 'anew'),
    show: async ({ answer }) => shown.push(answer?.reply.paragraphs),
  });
  return shown;
}

test.each([
  {
    why: 'a plan that says something else is shown',
    found: outcomeOf('plan', 'B is worst.', 'Ranked by m.'),
    shown: [['B is worst.', 'Ranked by m.']],
  },
  {
    why: 'a plan that says the same is no reason to touch a message',
    found: outcomeOf('plan', 'A is worst.', 'Ranked by m.'),
    shown: [],
  },
  {
    why: 'that nobody could rank is said',
    found: outcomeOf('rule', 'A is worst.', 'Ranked by rules (timeout).'),
    shown: [['A is worst.', 'Ranked by rules (timeout).']],
  },
  { why: 'nothing came', found: null, shown: [] },
  { why: 'the desk has moved on: asked anew', found: 'moved' as const, shown: [['anew']] },
])('$why', async ({ found, shown }) => {
  expect(await shownAfter(found)).toEqual(shown);
});

test.each([outcomeOf('plan', 'B is worst.', ''), 'moved' as const])(
  'somebody pressed a button meanwhile: the message is not ours any more',
  async (found) => {
    expect(await shownAfter(found, { isPressed: true })).toEqual([]);
  },
);
