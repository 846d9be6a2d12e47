import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { decideProtection } from './layout/decide-protection.ts';

/** What became of an action; one whose outcome is not known is looked up at the venue. */
export const check = defineCommand({
  name: 'check',
  access: 'read',
  options: [{ name: 'token', type: 'token', neededUnless: [] }],
  async run(context, options) {
    const token = options['token'] ?? '';
    const own = await decideProtection('check', { token, typed: null }, context);
    if (own !== null) return own;
    return actionAnswer(await context.actions.check(token), context);
  },
});
