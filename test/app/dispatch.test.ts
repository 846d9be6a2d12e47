import { expect, test } from 'vitest';
import { answerJson } from '../../src/app/answer-json.ts';
import type { Answer, CommandSpec } from '../../src/app/command.ts';
import type { DispatchDeps } from '../../src/app/dispatch.ts';
import { createDispatch } from '../../src/app/dispatch.ts';
import { ok } from '../../src/domain/result.ts';
import { contextFor, holedDesk, snapshotOf } from '../commands/small-desk.ts';
import { noActions } from '../fakes/no-actions.ts';

const { say, format, actor } = contextFor(snapshotOf());
const voice = { say, format };
const [gap] = snapshotOf(...holedDesk).accounts.flatMap(({ gaps }) => gaps);

async function asked(answer: Pick<Answer, 'gaps' | 'lacksFigure'>) {
  const reply = {
    ...{ title: 'T', severity: null, figures: [], tables: [], paragraphs: [], notes: [] },
    takenAt: 1,
  };
  const command: CommandSpec = {
    ...{ name: 'x', access: 'read', options: [] },
    run: () => Promise.resolve(ok({ data: {}, reply, ...answer })),
  };
  const deps: Partial<DispatchDeps> = {
    ...{ commands: [command], accounts: [], deskName: 'D', isDemo: false },
    actions: { of: () => noActions },
    clock: { now: () => 1, after: () => Promise.resolve() },
    voices: { en: voice, 'zh-CN': voice },
  };
  const dispatch = createDispatch(deps as DispatchDeps);
  const outcome = await dispatch({ line: '/x', actor, locale: 'en' });
  const json = answerJson({ outcome, locale: 'en', text: '', reasonOf: () => '' });
  return { exit: outcome.exit, partial: (JSON.parse(json) as { partial: boolean }).partial };
}

test.each([
  { why: 'whole', answer: { gaps: [] }, exit: 0, partial: false },
  { why: 'an account is missing', answer: { gaps: gap ? [gap] : [] }, exit: 3, partial: true },
  {
    why: 'no account is missing, but the figure asked for is not known',
    answer: { gaps: [], lacksFigure: true },
    exit: 3,
    partial: true,
  },
])('$why: exit $exit', async ({ answer, exit, partial }) => {
  expect(await asked(answer)).toEqual({ exit, partial });
});
