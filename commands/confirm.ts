import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';

/** The asker agrees to what was shown; a large act's amount is typed with it. */
export const confirm = defineCommand({
  name: 'confirm',
  access: 'act',
  usesMarket: true,
  options: [
    { name: 'token', type: 'token', neededUnless: [] },
    { name: 'amount', type: 'typed-amount' },
  ],
  async run(context, options) {
    const to = { token: options['token'] ?? '', typed: options['amount'] ?? null };
    return actionAnswer(await context.actions.confirm(to), context);
  },
});
