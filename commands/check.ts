import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { flattenAnswer } from './layout/flatten-answer.ts';

/** What became of an action; one whose outcome is not known is looked up at the venue. */
export const check = defineCommand({
  name: 'check',
  access: 'read',
  options: [{ name: 'token', type: 'token', neededUnless: [] }],
  async run(context, options) {
    const token = options['token'] ?? '';
    const { protection } = context;
    if (protection?.isFlatten(token)) return flattenAnswer(await protection.check(token), context);
    return actionAnswer(await context.actions.check(token), context);
  },
});
