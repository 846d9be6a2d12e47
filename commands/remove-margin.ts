import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { marginAskOf } from './layout/read-ask.ts';

/** Takes collateral from an isolated position: an amount, a share, or what reaches a target. */
export const removeMargin = defineCommand({
  name: 'removemargin',
  access: 'act',
  usesMarket: true,
  options: [
    { name: 'position', type: 'position', neededUnless: [] },
    { name: 'amount', type: 'amount', neededUnless: ['liq', 'hf'] },
    { name: 'liq', type: 'liquidation-price', isNamed: true },
    { name: 'hf', type: 'health-factor', isNamed: true },
  ],
  async run(context, options) {
    const ask = marginAskOf(options, context);
    if (!ask.ok) return ask;
    const request = {
      ...({ kind: 'position', handle: options['position'] ?? '' } as const),
      ask: { kind: 'remove-margin', ask: ask.value } as const,
    };
    return actionAnswer(await context.actions.propose(request), context);
  },
});
