import type { ChatView } from '../../ports/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Destination } from '../../ports/destination.ts';
import type { Log } from '../../ports/log.ts';
import type { Locale } from '../../replies/translate.ts';
import type { Actor } from '../command.ts';
import type { Dispatch } from '../dispatch.ts';

export interface DailyReportDeps {
  readonly dispatch: Dispatch;
  /** Places it goes to now, with the language of each. */
  readonly places: () => readonly { readonly to: Destination; readonly locale: Locale }[];
  /** The next moment after this one that it is due. */
  readonly nextAt: (after: number) => number;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Nobody asked and nobody is a person: it sees what a viewer of the whole desk sees. */
const READER: Actor = { person: 'report', roles: ['viewer'], accounts: null, network: 'terminal' };
const TRIES = 5;
const PAUSE_MS = 60_000;

/** Sends /report to its places once a day until `signal` aborts. */
export async function runDailyReport(deps: DailyReportDeps): Promise<void> {
  const { clock, signal, nextAt } = deps;
  for (let dueAt = nextAt(clock.now()); !signal.aborted; dueAt = nextAt(clock.now())) {
    await clock.after(dueAt - clock.now(), signal);
    if (signal.aborted) return;
    await Promise.all(deps.places().map((place) => report(place, dueAt, deps)));
  }
}

async function report(
  { to, locale }: { readonly to: Destination; readonly locale: Locale },
  dueAt: number,
  { dispatch, clock, log, signal }: DailyReportDeps,
): Promise<void> {
  const first = await dispatch({ line: '/report', actor: READER, locale });
  // Nobody waits for it: the model's ranking may come first.
  const later = await first.later?.();
  const { answer } = later && later !== 'moved' ? later : first;
  if (answer === null) return log.error('no daily report', { destination: to.id });
  const view: ChatView = { reply: answer.reply, locale, picture: null, buttons: [] };
  for (let tried = 0; tried < TRIES && !signal.aborted; tried += 1) {
    const sent = await to.send(messageOf(view, dueAt));
    if (sent.kind === 'delivered' || sent.kind === 'unknown') return;
    if (sent.kind === 'dead') break;
    await clock.after(PAUSE_MS, signal);
  }
  log.error('daily report not delivered', { destination: to.id });
}

function messageOf(view: ChatView, dueAt: number): Parameters<Destination['send']>[0] {
  const key = `report ${dueAt}`;
  return {
    ...{ key, view, edits: null, repliesTo: null, isSilent: true, chat: null },
    record: {
      ...{ incident: key, state: 'firing', reason: 'REPORT', level: 'INFO', members: [] },
      ...{ openedAt: dueAt, closedAt: null, ackedBy: null },
      ...{ isPossibleRepeat: false, isDrill: false },
    },
  };
}
