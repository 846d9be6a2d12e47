import type { PlannedAct } from '../../actions/protection-step.ts';
import { unreachable } from '../../domain/result.ts';
import type { Formatter } from '../../replies/format.ts';
import type { Reply, Severity } from '../../replies/reply.ts';
import type { Translate } from '../../replies/translate.ts';
import type { PlanEvent } from './plan-event.ts';

interface Voice {
  readonly say: Translate;
  readonly format: Formatter;
}

/** What a plan did, as a message to whoever hears alerts. */
export function planReply(event: PlanEvent, voice: Voice): Reply {
  const { say } = voice;
  const { plan, account, act, at } = event;
  const state = stateOf(event);
  return {
    title: say(`plan.told.${state}`, { plan, account }),
    severity: SEVERITY[state],
    ...{ figures: [], tables: [] },
    paragraphs: [plannedText(act, voice)],
    notes: [],
    takenAt: at,
  };
}

type Told = 'would' | 'done' | 'refused' | 'unknown' | 'waiting' | 'consent-gone';

const SEVERITY: Readonly<Record<Told, Severity>> = {
  ...{ would: 'warn', done: 'warn', waiting: 'warn' },
  ...{ refused: 'crit', unknown: 'crit', 'consent-gone': 'crit' },
};

function stateOf({ outcome }: PlanEvent): Told {
  if (outcome.kind !== 'acted') return outcome.kind;
  const { state } = outcome.card;
  if (state === 'done') return 'done';
  if (state === 'unknown' || state === 'executing') return 'unknown';
  return state === 'pending' || state === 'approved' ? 'waiting' : 'refused';
}

/** In the desk's words, without the account: it is beside it. */
export function plannedText(act: PlannedAct, { say, format }: Voice): string {
  switch (act.kind) {
    case 'add-margin':
      return say('plan.act.add-margin', { usd: format.usd(act.usd, 'nearest') });
    case 'transfer':
      return say('plan.act.transfer', { usd: format.usd(act.usd, 'nearest'), from: act.from });
    case 'reduce':
      return say('plan.act.reduce', {
        share: format.percent(act.share, 'nearest'),
        usd: format.usd(act.usd, 'nearest'),
      });
    case 'stop': {
      const price = format.price(act.price, { tickSize: null, rounding: 'nearest' });
      return say('plan.act.stop', { price });
    }
    default:
      return unreachable(act);
  }
}
