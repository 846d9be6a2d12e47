import type { ProtectionPlan } from '../../src/actions/protection-plan.ts';
import type { CommandContext } from '../../src/app/command.ts';
import type { PlanRefusal } from '../../src/app/protection/plan-draft.ts';
import { plain } from './action-text.ts';

/** The whole of a plan in words, so that who agrees knows to what. */
export function planText(plan: ProtectionPlan, context: CommandContext): string[] {
  const { say, format } = context;
  const { when, act, caps, cooldownMs, until, account, position, isDryRun } = plan;
  const place = position === null ? account : `${position} (${account})`;
  const value =
    when.kind === 'health-below' ? plain(when.value) : format.percent(when.value, 'nearest');
  const usd = (amount: typeof caps.perAct) => format.usd(amount, 'nearest');
  const what = {
    'add-margin': () => {
      if (act.kind !== 'add-margin') return '';
      return act.from === null
        ? say('plan.does.add', { usd: usd(act.upTo) })
        : say('plan.does.addFrom', { usd: usd(act.upTo), from: act.from });
    },
    reduce: () => say('plan.does.reduce', { share: shareText(act, context) }),
    'lock-profit': () => say('plan.does.lock', { share: shareText(act, context) }),
  }[act.kind]();
  return [
    say(`plan.when.${when.kind}`, { place, value, what }),
    say('plan.limits', {
      ...{ act: usd(caps.perAct), day: usd(caps.perDay) },
      ...{ pause: format.age(cooldownMs), until: format.instant(until) },
    }),
    say(isDryRun ? 'plan.isDry' : 'plan.isLive'),
  ];
}

function shareText(act: ProtectionPlan['act'], { format }: CommandContext): string {
  return 'share' in act ? format.percent(act.share, 'nearest') : '';
}

export function planRefusalText(refusal: PlanRefusal, { say }: CommandContext): string {
  switch (refusal.kind) {
    case 'store':
    case 'unknown-token':
      return say(`refusal.${refusal.kind}`);
    case 'used':
    case 'not-funded':
    case 'unknown-plan':
    case 'written-in-file':
      return say(`plan.refused.${refusal.kind}`);
    default:
      return say(`refusal.consent.${refusal.kind}`);
  }
}
