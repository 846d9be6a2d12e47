import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { flattenAnswer } from './layout/flatten-answer.ts';

/** Somebody other than the asker agrees to a large act. */
export const approve = defineCommand({
  name: 'approve',
  access: 'approve',
  usesMarket: true,
  options: [{ name: 'token', type: 'token', neededUnless: [] }],
  async run(context, options) {
    const to = { token: options['token'] ?? '', typed: null };
    const { protection } = context;
    if (protection?.isFlatten(to.token))
      return flattenAnswer(await protection.approve(to), context);
    return actionAnswer(await context.actions.approve(to), context);
  },
});
