import { type CommandContext, defineCommand } from '../src/app/command.ts';
import { err } from '../src/domain/result.ts';
import { planAnswer, planListAnswer } from './layout/plan-answer.ts';
import { planRefusalText } from './layout/plan-text.ts';
import { readPlan } from './layout/read-plan.ts';

/** Protection plans: shows them, proposes one that two people agree to, ends one. */
export const protect = defineCommand({
  name: 'protect',
  access: 'read',
  options: [
    { name: 'what', type: 'word' },
    { name: 'when', type: 'word', isNamed: true },
    { name: 'add', type: 'amount', isNamed: true },
    { name: 'from', type: 'account', isNamed: true },
    { name: 'reduce', type: 'size', isNamed: true },
    { name: 'lock', type: 'size', isNamed: true },
    { name: 'cap', type: 'amount', isNamed: true },
    { name: 'day', type: 'amount', isNamed: true },
    { name: 'cooldown', type: 'duration', isNamed: true },
    { name: 'for', type: 'duration', isNamed: true },
    { name: 'live', type: 'word', isNamed: true },
    { name: 'end', type: 'word', isNamed: true },
  ],
  async run(context, options) {
    const { protection, say } = context;
    if (!protection) return err({ text: say('protect.off') });
    if (options['end'] !== undefined) return end(options['end'], context);
    if (options['what'] === undefined && options['when'] === undefined) {
      return planListAnswer(context);
    }
    const asked = readPlan(options, await context.snapshot(), context);
    if (!asked.ok) return asked;
    return planAnswer(await protection.plan.propose(asked.value), context);
  },
});

async function end(id: string, context: CommandContext) {
  const ended = await context.protection?.plan.end(id.toLowerCase());
  if (ended?.ok === false) return err({ text: planRefusalText(ended.error, context) });
  return planListAnswer(context);
}
