import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { flattenAnswer } from './layout/flatten-answer.ts';

/** The asker agrees to what was shown; a large act's amount is typed with it. */
export const confirm = defineCommand({
  name: 'confirm',
  access: 'confirm',
  usesMarket: true,
  options: [
    { name: 'token', type: 'token', neededUnless: [] },
    { name: 'amount', type: 'typed-amount' },
  ],
  async run(context, options) {
    const to = { token: options['token'] ?? '', typed: options['amount'] ?? null };
    const { protection } = context;
    if (protection?.isFlatten(to.token))
      return flattenAnswer(await protection.confirm(to), context);
    return actionAnswer(await context.actions.confirm(to), context);
  },
});
