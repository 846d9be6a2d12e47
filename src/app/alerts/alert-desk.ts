import { type Press, type Pressed, type PressRefusal, press } from '../../alerts/acknowledge.ts';
import { raise } from '../../alerts/broken-place.ts';
import type { DeliverySettings } from '../../alerts/delivery-rules.ts';
import type { Draft } from '../../alerts/draft.ts';
import { drill, isDrill } from '../../alerts/drill.ts';
import { firingMembers, type Incident } from '../../alerts/incident.ts';
import type { Parcel } from '../../alerts/parcel.ts';
import { type QueueState, queueOf } from '../../alerts/queue-state.ts';
import type { Silence } from '../../alerts/silence.ts';
import { type Balance, balanceOf, sweep } from '../../alerts/sweep.ts';
import { type Findings, takeIntents } from '../../alerts/take-intents.ts';
import { takeOver } from '../../alerts/take-over.ts';
import { tick } from '../../alerts/tick.ts';
import { faultTrace } from '../../domain/fault-trace.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { AlertChange, AlertStore } from '../../ports/alert-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Destination } from '../../ports/destination.ts';
import type { Log } from '../../ports/log.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { Locale } from '../../replies/translate.ts';
import type { AlertVoice } from './alert-words.ts';
import { changeSilence, type SilenceAsked, type SilenceFault } from './change-silence.ts';
import { createCourier } from './courier.ts';
import { type KeepFault, openDeskKeeper } from './desk-keeper.ts';
import { createIncidentReadings } from './incident-readings.ts';
import type { ReadIncident } from './read-incident.ts';

export interface AlertDeskDeps {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => DeliverySettings;
  readonly destinations: readonly Destination[];
  readonly localeOf: (destination: string) => Locale;
  readonly voices: Readonly<Record<Locale, AlertVoice>>;
  readonly random: () => number;
  /** `v1.` and 22 characters that nobody can guess: buttons carry it. */
  readonly token: () => string;
  readonly boot: string;
  /** Reads what critical messages are about, once they have arrived; absent: nobody does. */
  readonly read?: ReadIncident;
  /** Told what came of each attempt, for counts. */
  readonly onAttempt?: (destination: string, outcome: string) => void;
  /** Tests end the process here; absent: nothing happens. */
  readonly failpoint?: (name: string) => Promise<void> | void;
}

/** The alert desk: takes findings in, tells people, remembers. One per desk leads. */
export interface AlertDesk {
  /**
   * One evaluation's findings with the rows of its instances: kept together or not at all. Nothing is
   * sent before they are safe.
   */
  take(findings: Findings, rows: readonly AlertChange[]): Promise<Result<null, KeepFault>>;
  press(asked: Press): Promise<Result<Result<Pressed, PressRefusal>, KeepFault>>;
  silence(asked: SilenceAsked): Promise<Result<Result<Silence, SilenceFault>, KeepFault>>;
  /** What a button stands for; null: not one of ours. */
  meaningOf(token: string): { readonly incident: string; readonly verb: ButtonVerb } | null;
  /** What fires, the oldest first. */
  open(): readonly Incident[];
  /** Opened, ended or still on since then, without exercises and digests. Kept for a day after its end. */
  since(at: number): readonly Incident[];
  silences(): readonly Silence[];
  incident(id: string): Incident | null;
  /** What a message speaks for: of a digest the incidents in it, else the incident itself. */
  covered(id: string): readonly Incident[];
  balance(): Balance;
  /** How each destination is, in the order of the settings. */
  places(): readonly PlaceStatus[];
  /** What waits for each destination. */
  queues(): readonly QueueState[];
  /** Sends one message that is marked as a drill to this place; answers what to ask `outcomeOf` about. */
  drill(of: {
    readonly destination: string;
    readonly isSilent: boolean;
  }): Promise<Result<string, KeepFault>>;
  outcomeOf(parcel: string): Pick<Parcel, 'outcome' | 'at'> | null;
  /** A critical alert about the monitor itself. */
  raise(trouble: string): Promise<void>;
  /** Does what is due now and starts to send what may go. Told too often it does nothing more. */
  runDue(): Promise<void>;
  /** Looks for what fell through the cracks. */
  sweep(): Promise<Result<Balance, KeepFault>>;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
  /** Sends nothing more; resolves when what is on its way is written down. */
  close(): Promise<void>;
  /** Of this lead: greater than that of every process before. */
  readonly fence: number;
  isFenced(): boolean;
}

/** `blocked`: the platform asked for a pause. `unused`: nothing has been sent there yet. */
export interface PlaceStatus {
  readonly id: string;
  readonly state: 'ok' | 'blocked' | 'broken' | 'unused';
  readonly lastSuccessAt: number | null;
  /** Messages that wait. */
  readonly queued: number;
}

type ButtonVerb = 'ack' | 'snooze' | 'details';

export async function openAlertDesk(deps: AlertDeskDeps): Promise<Result<AlertDesk, StoreError>> {
  const failpoint = deps.failpoint ?? (() => undefined);
  const world = () => ({ settings: deps.settings(), random: deps.random, token: deps.token });
  const opened = await openDeskKeeper({ ...deps, world, failpoint });
  if (!opened.ok) return opened;
  const keeper = opened.value;
  const readings = createIncidentReadings({ ...deps, keeper });
  const courier = createCourier({ ...deps, keeper, readings, failpoint });
  await keeper.change(takeOver, { point: 'boot' });

  const runDue = async (): Promise<void> => {
    // Whatever one incident's timer meets, the others' messages go out.
    await keeper.change(tick, { point: 'timer' }).catch((cause: unknown) => {
      deps.log.error('alert timers failed', { error: faultTrace(cause) });
    });
    await courier.start();
  };
  const incidents = () => keeper.look((draft) => draft.incident.values());

  return ok({
    take: async (findings, rows) => {
      const kept = await keeper.change((draft) => takeIntents(draft, findings), {
        rows,
        point: 'T1',
      });
      if (kept.ok) await runDue();
      return kept.ok ? ok(null) : kept;
    },
    press: async (asked) => {
      const kept = await keeper.change((draft) => press(draft, asked), { point: 'press' });
      await runDue();
      return kept;
    },
    silence: (asked) => keeper.change((draft) => changeSilence(draft, asked), { point: 'silence' }),
    meaningOf: (token) => meaningIn(incidents(), token),
    open: () =>
      incidents()
        .filter((each) => each.kind === 'normal' && isOpen(each))
        .sort((a, b) => a.opened - b.opened),
    since: (at) => incidents().filter((each) => isOf(each, at)),
    silences: () =>
      keeper.look((draft) => draft.silence.values().filter((each) => holds(each, draft))),
    incident: (id) => keeper.look((draft) => draft.incident.get(id) ?? null),
    covered: (id) =>
      keeper.look((draft) => {
        const found = draft.incident.get(id);
        if (!found || found.kind === 'normal') return found ? [found] : [];
        return found.covers.flatMap((each) => draft.incident.get(each) ?? []);
      }),
    balance: () => keeper.look(balanceOf),
    places: () =>
      keeper.look((draft) => draft.settings.destinations.map(({ id }) => placeStatus(draft, id))),
    queues: () => keeper.look(queueOf),
    drill: async (of) => {
      const kept = await keeper.change((draft) => drill(draft, of), { point: 'drill' });
      await runDue();
      return kept;
    },
    outcomeOf: (parcel) => keeper.look((draft) => draft.intent.get(parcel) ?? null),
    raise: async (trouble) => {
      const critical = { trouble, level: 'CRIT', over: false } as const;
      await keeper.change((draft) => raise(draft, critical), { point: 'raise' });
      await runDue();
    },
    runDue,
    sweep: async () => {
      const swept = await keeper.change(sweep, { point: 'sweep' });
      await runDue();
      return swept;
    },
    settled: courier.settled,
    close: courier.close,
    fence: keeper.fence,
    isFenced: keeper.isFenced,
  });
}

function placeStatus(draft: Draft, id: string): PlaceStatus {
  const place = draft.destination.get(id);
  const waiting = draft.outbox
    .values()
    .filter(({ destination, state }) => destination === id && state === 'pending');
  const lastSuccessAt = place?.lastSuccessAt ?? null;
  const isBlocked = (place?.blockedUntil ?? 0) > draft.now;
  const calm = lastSuccessAt === null ? 'unused' : 'ok';
  const state = place?.broken ? 'broken' : isBlocked ? 'blocked' : calm;
  return { id, state, lastSuccessAt, queued: waiting.length };
}

function isOf(incident: Incident, since: number): boolean {
  const isReal = incident.kind === 'normal' && !isDrill(incident);
  return isReal && (incident.closed ?? since) >= since;
}

function isOpen(incident: Incident): boolean {
  return incident.closed === null && firingMembers(incident).length > 0;
}

function holds({ isOver, ends }: Silence, { now }: Draft): boolean {
  return !isOver && ends > now;
}

function meaningIn(incidents: readonly Incident[], token: string) {
  for (const { id, tokens } of incidents) {
    for (const verb of ['ack', 'snooze', 'details'] as const) {
      if (tokens[verb] === token) return { incident: id, verb };
    }
  }
  return null;
}
