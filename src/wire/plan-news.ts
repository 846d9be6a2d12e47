import type { PlanEvent } from '../app/protection/plan-event.ts';
import { startPlanLoop } from '../app/protection/plan-loop.ts';
import { planReply } from '../app/protection/plan-reply.ts';
import type { AlertRecord, Destination } from '../ports/destination.ts';
import type { AlertsRunning } from './alerts.ts';
import { clock, log } from './parts.ts';
import type { Program } from './program.ts';

const TRIES = 3;
const PAUSE_MS = 2000;

/** Plans look at the desk from now on, and what they do is told wherever alerts go. */
export function startPlans(
  program: Program,
  { alerts, signal }: { readonly alerts: AlertsRunning; readonly signal: AbortSignal },
): void {
  const { setup, desk, judge, market, plans, loops, planListeners } = program;
  planListeners.push(async (event) => {
    await Promise.all(alerts.senders().map((to) => tell(event, to, { program, alerts })));
  });
  const looks = startPlanLoop({
    ...{ plans, clock, log, signal, lastKnown: desk.lastKnown, everyMs: setup.refreshMs },
    judge: (snapshot) => judge(snapshot, market(snapshot)),
    hasPlans: plans.hasAny,
  });
  loops.push({ name: 'plans', lastAt: looks.lastAt });
}

async function tell(
  event: PlanEvent,
  to: Destination,
  { program, alerts }: { readonly program: Program; readonly alerts: AlertsRunning },
): Promise<void> {
  const locale = alerts.localeOf(to.id);
  const reply = planReply(event, program.voices[locale]);
  const key = `plan ${event.plan} ${event.at}`;
  const record: AlertRecord = {
    incident: key,
    state: 'firing',
    ...{ reason: 'PLAN', level: 'WARN', members: [] },
    ...{ openedAt: event.at, closedAt: null, ackedBy: null, isPossibleRepeat: false },
    isDrill: false,
  };
  for (let tried = 0; tried < TRIES; tried += 1) {
    const sent = await to.send({
      ...{
        key,
        view: { reply, locale, picture: null, buttons: [] },
        edits: null,
        repliesTo: null,
        isSilent: false,
      },
      ...{ chat: null, record },
    });
    if (sent.kind === 'delivered' || sent.kind === 'unknown') return;
    await clock.after(PAUSE_MS);
  }
  log.error('what a plan did is not told', { destination: to.id, plan: event.plan });
}
