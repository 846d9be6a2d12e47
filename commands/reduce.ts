import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { sizeAskOf } from './layout/read-ask.ts';

/** Closes a part of a position at the market: a share, a quantity, or what reaches a health factor. */
export const reduce = defineCommand({
  name: 'reduce',
  access: 'act',
  usesMarket: true,
  options: [
    { name: 'position', type: 'position', neededUnless: [] },
    { name: 'size', type: 'size', neededUnless: ['hf'] },
    { name: 'hf', type: 'health-factor', isNamed: true },
  ],
  async run(context, options) {
    const ask = sizeAskOf(options, context);
    if (!ask.ok) return ask;
    const made = await context.actions.propose({
      kind: 'position',
      handle: options['position'] ?? '',
      ask: { kind: 'reduce', ask: ask.value },
    });
    return actionAnswer(made, context);
  },
});
