import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { decideProtection } from './layout/decide-protection.ts';

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
    const own = await decideProtection('confirm', to, context);
    if (own !== null) return own;
    return actionAnswer(await context.actions.confirm(to), context);
  },
});
