import { randomBytes } from 'node:crypto';
import type { DestinationRule } from '../alerts/delivery-rules.ts';
import { checkedInhibitions, INHIBITIONS } from '../alerts/inhibition-rules.ts';
import { type AlertDesk, openAlertDesk } from '../app/alerts/alert-desk.ts';
import { createDrillClock } from '../app/drill/drill-clock.ts';
import { type AccountTimeline, createDrillLog } from '../app/drill/drill-log.ts';
import { markedDestination } from '../app/drill/marked-destination.ts';
import { runDrill } from '../app/drill/run-drill.ts';
import { createPlanBook } from '../app/protection/plan-book.ts';
import { planReply } from '../app/protection/plan-reply.ts';
import { createPlans } from '../app/protection/run-plans.ts';
import { createAlertMachine } from '../app/watch/alert-machine.ts';
import { rememberedAlerts } from '../app/watch/alert-memory.ts';
import type { Reply } from '../replies/reply.ts';
import type { Locale } from '../replies/translate.ts';
import { assessDesk } from '../risk/assess-desk.ts';
import { judgeDesk } from '../risk/probability/judge-desk.ts';
import type { Scenario } from '../risk/stress/scenario.ts';
import { viewAccount } from '../sim/engine.ts';
import { SIM_ASSETS } from '../sim/model.ts';
import type { Sim } from '../sim/start-sim.ts';
import { personNow } from './actions.ts';
import { clock, log } from './parts.ts';
import type { Program } from './program.ts';

export interface DrillOptions {
  readonly crash: Scenario;
  readonly speed: number;
  readonly sim: Sim;
  readonly program: Program;
  readonly locale: Locale;
  /** Everything that is said, as it is said. */
  readonly show: (reply: Reply) => void;
  readonly signal: AbortSignal;
}

export interface DrillOutcome {
  readonly rows: readonly AccountTimeline[];
  /** Messages that only reminded; they were not shown. */
  readonly reminders: number;
}

const PLACE: DestinationRule = {
  ...{ id: 'drill', network: 'terminal', minLevel: 'WARN', fallback: null, quiet: null },
  ...{ canEdit: true, isRepeatable: true },
};

/** The whole chain on the demo desk: its venues, the readers, the rules, the outbox and a destination. */
export async function playDrill(options: DrillOptions): Promise<DrillOutcome> {
  const { program, sim, locale, show } = options;
  const { setup, desk, voices, market } = program;
  const drillClock = createDrillClock(clock.now());
  const timeline = createDrillLog(setup.accounts.map(({ id }) => id));
  let alerts: AlertDesk | null = null;
  const place = markedDestination(PLACE.id, {
    say: voices[locale].say,
    show,
    told: (incident) => timeline.told(alerts?.covered(incident) ?? [], drillClock.now()),
  });
  const opened = await openAlertDesk({
    ...{ store: setup.store.alerts, clock: drillClock, log, voices, destinations: [place] },
    settings: () => ({ destinations: [PLACE], routes: [], timeZone: setup.timezone }),
    ...{ localeOf: () => locale, random: Math.random, boot: 'drill' },
    token: () => `v1.${randomBytes(16).toString('base64url')}`,
  });
  if (!opened.ok) throw new TypeError(`a new store takes alerts: ${opened.error.kind}`);
  alerts = opened.value;
  const started = clock.now();
  await runDrill({
    ...{ crash: options.crash, speed: options.speed, desk, alerts, log: timeline },
    ...{ clock: drillClock, signal: options.signal, settings: setup.alerts },
    ...{ hedgedBooks: setup.hedgedBooks, staleAfterMs: setup.staleAfterMs },
    judge: (snapshot) => {
      const { outlooks, fundingAnnual } = market(snapshot);
      const nothingElse = { depth: new Map(), simulation: null };
      return judgeDesk(assessDesk(snapshot), { outlooks, fundingAnnual, ...nothingElse });
    },
    machine: machineOf(program, alerts),
    plans: createPlans({
      plans: () => setup.plans,
      book: createPlanBook(setup.store.facts, setup.store.actions),
      ...{ latch: { state: async () => ({ isStopped: false, by: null, at: null }) } },
      ...{ actions: program.actions, personNow: personNow(setup.people), clock: drillClock, log },
      announce: async (event) => {
        timeline.planned(event);
        place.say(planReply(event, voices[locale]));
      },
    }),
    ...marketOf(sim),
    pace: (elapsed) => clock.after(Math.max(0, started + elapsed - clock.now()), options.signal),
  });
  return { rows: timeline.timelines(), reminders: place.reminders() };
}

function machineOf({ setup }: Program, desk: AlertDesk) {
  const inhibitions = checkedInhibitions(INHIBITIONS);
  if (!inhibitions.ok) throw new TypeError('alerts inhibit their own cause');
  return createAlertMachine({
    ...{ memory: rememberedAlerts([]), settings: () => setup.alerts, desk },
    inhibitions: inhibitions.value,
    venuesOfBook: (book) => [
      ...new Set(
        setup.accounts.filter(({ books }) => books.includes(book)).map(({ venue }) => venue),
      ),
    ],
  });
}

/** The simulator has no liquidations of its own: its margin engine says who would be. */
function marketOf(sim: Sim) {
  const { market } = sim;
  const now = new Map<string, number>();
  return {
    moveMarket: (moves: Readonly<Record<string, number>>) => {
      for (const asset of SIM_ASSETS) {
        const [before, after] = [now.get(asset) ?? 0, moves[asset] ?? 0];
        if (before === after) continue;
        market.move(asset, (1 + after) / (1 + before) - 1);
        now.set(asset, after);
      }
    },
    liquidated: () => accountsGone(sim),
  };
}

function accountsGone({ accounts, market }: Sim): string[] {
  return accounts
    .filter((account) =>
      viewAccount(account, market.mark).positions.some(({ isLiquidated }) => isLiquidated),
    )
    .map(({ id }) => id);
}
