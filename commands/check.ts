import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';

/** What became of an action; one whose outcome is not known is looked up at the venue. */
export const check = defineCommand({
  name: 'check',
  access: 'read',
  options: [{ name: 'token', type: 'token', neededUnless: [] }],
  async run(context, options) {
    return actionAnswer(await context.actions.check(options['token'] ?? ''), context);
  },
});
