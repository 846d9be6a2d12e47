import { defineCommand } from '../src/app/command.ts';
import { err } from '../src/domain/result.ts';
import { flattenAnswer } from './layout/flatten-answer.ts';

/** Closes everything in a scope, reduce-only, until each venue shows that nothing is left. */
export const flatten = defineCommand({
  name: 'flatten',
  access: 'admin',
  options: [{ name: 'scope', type: 'scope', neededUnless: [] }],
  async run(context, options) {
    const { protection, say } = context;
    if (!protection) return err({ text: say('protect.off') });
    return flattenAnswer(await protection.flatten(options['scope'] ?? ''), context);
  },
});
