import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { decideProtection } from './layout/decide-protection.ts';

/** Somebody other than the asker agrees to a large act. */
export const approve = defineCommand({
  name: 'approve',
  access: 'approve',
  usesMarket: true,
  options: [{ name: 'token', type: 'token', neededUnless: [] }],
  async run(context, options) {
    const to = { token: options['token'] ?? '', typed: null };
    const own = await decideProtection('approve', to, context);
    if (own !== null) return own;
    return actionAnswer(await context.actions.approve(to), context);
  },
});
