import { type CommandContext, defineCommand } from '../src/app/command.ts';
import { isDollar } from '../src/domain/money.ts';
import { asAccountId } from '../src/domain/units.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { numberOf } from './layout/read-ask.ts';

const USUAL = 'USDT';

/** Moves collateral between two accounts of one venue, where the desk file lets it flow. */
export const transfer = defineCommand({
  name: 'transfer',
  access: 'act',
  options: [
    { name: 'from', type: 'account', neededUnless: [] },
    { name: 'to', type: 'account', neededUnless: [] },
    { name: 'amount', type: 'amount', neededUnless: [] },
    { name: 'currency', type: 'currency' },
  ],
  async run(context, options) {
    const amount = numberOf(options['amount'] ?? '', context);
    if (!amount.ok) return amount;
    const from = asAccountId((options['from'] ?? '').toLowerCase());
    const made = await context.actions.propose({
      ...{ kind: 'transfer', from, to: asAccountId((options['to'] ?? '').toLowerCase()) },
      amount: amount.value,
      currency: options['currency']?.toUpperCase() ?? (await dollarsOf(from, context)),
    });
    return actionAnswer(made, context);
  },
});

/** The dollar coin that the payer holds most of. */
async function dollarsOf(from: string, context: CommandContext): Promise<string> {
  const { accounts } = await context.snapshot();
  const coins = accounts.find(({ account }) => account.id === from)?.margin?.collateral ?? [];
  const held = coins.filter(({ asset, quantity }) => isDollar(asset) && quantity.gt(0));
  const [most] = held.toSorted((a, b) => b.quantity.cmp(a.quantity));
  return most?.asset ?? USUAL;
}
