import { claim, type SendOrder } from '../../alerts/claim.ts';
import { type Delivery, settle } from '../../alerts/settle.ts';
import { faultTrace } from '../../domain/fault-trace.ts';
import type { Destination } from '../../ports/destination.ts';
import type { AlertDeskDeps } from './alert-desk.ts';
import type { DeskKeeper } from './desk-keeper.ts';
import { drawAlert } from './draw-alert.ts';
import type { IncidentReadings } from './incident-readings.ts';

interface CourierDeps extends AlertDeskDeps {
  readonly keeper: DeskKeeper;
  readonly readings: IncidentReadings;
  readonly failpoint: (name: string) => Promise<void> | void;
}

/** Carries the outbox: one message at a time per destination, the most urgent first. */
export interface Courier {
  /** Starts what may go; resolves when everything that can be claimed now is on its way. */
  start(): Promise<void>;
  settled(): Promise<void>;
  /** Begins nothing more; resolves when what is on its way has arrived and is written down. */
  close(): Promise<void>;
}

/** Between two attempts to write down what became of a message. */
const WRITE_AGAIN_MS = 1000;

export function createCourier(deps: CourierDeps): Courier {
  const { keeper, readings, clock, log, destinations, failpoint } = deps;
  /** By destination: the message on its way. Nobody else claims there until it is written down. */
  const onWay = new Map<string, Promise<void>>();
  /** A claim is being looked for; true: somebody asked again meanwhile. */
  const begun = new Map<string, boolean>();
  let isClosing = false;

  const deliver = async (destination: Destination, order: SendOrder): Promise<void> => {
    await failpoint('T2 after');
    const locale = deps.localeOf(destination.id);
    const drawn = readings.of(order.incident, locale);
    const as = { voice: deps.voices[locale], locale, now: clock.now(), reading: drawn };
    const message = drawSafely(order, as);
    await failpoint('rendered');
    const outcome = message === null ? UNDRAWABLE : await sendSafely(destination, message);
    await failpoint('answered');
    deps.onAttempt?.(destination.id, outcome.kind);
    await writeDown(order, outcome);
    if (outcome.kind === 'delivered') readings.delivered(order, { locale, drawn });
  };

  /** Until it is written down nothing else goes there: what arrived must not be taken for waiting. */
  const writeDown = async (order: SendOrder, outcome: Delivery): Promise<void> => {
    for (;;) {
      const kept = await keeper.change((draft) => settle(draft, order, outcome), { point: 'T3' });
      if (kept.ok || kept.error.kind === 'fenced') return;
      log.error('alert not settled', { row: order.row.id, fault: kept.error.kind });
      // The row stays in flight; after a restart it goes again, and says that it may be a repeat.
      if (isClosing) return;
      await clock.after(WRITE_AGAIN_MS);
    }
  };

  /** What cannot be drawn goes out in plainer form, as if the platform had refused it. */
  const drawSafely = (order: SendOrder, as: Parameters<typeof drawAlert>[1]) => {
    try {
      return drawAlert(order, as);
    } catch (cause) {
      log.error('alert not drawn', { row: order.row.id, error: faultTrace(cause) });
      return null;
    }
  };

  const sendSafely = async (
    destination: Destination,
    message: Parameters<Destination['send']>[0],
  ): Promise<Delivery> => {
    try {
      return await destination.send(message);
    } catch (cause) {
      log.error('destination threw', { destination: destination.id, error: faultTrace(cause) });
      return { kind: 'unknown' };
    }
  };

  const next = async (destination: Destination): Promise<void> => {
    const { id } = destination;
    if (begun.has(id)) begun.set(id, true);
    if (onWay.has(id) || begun.has(id) || keeper.isFenced() || isClosing) return;
    begun.set(id, false);
    // Looked at first: a commit is only worth it when there is something to claim.
    const hasSome = keeper.look((draft) =>
      draft.outbox.values().some((row) => isDueAt(row, id, draft)),
    );
    const claimed = hasSome
      ? await keeper
          .change((draft) => claim(draft, id, deps.token()), { point: 'T2' })
          .catch((cause: unknown) => {
            log.error('alert not claimed', { destination: id, error: faultTrace(cause) });
            return null;
          })
      : null;
    const isAskedAgain = begun.get(id) === true;
    begun.delete(id);
    if (claimed?.ok !== true || claimed.value === null) {
      return isAskedAgain ? next(destination) : undefined;
    }
    const sending = deliver(destination, claimed.value)
      .catch((cause: unknown) => {
        log.error('alert delivery failed', { destination: id, error: faultTrace(cause) });
      })
      .then(() => {
        onWay.delete(id);
        return next(destination);
      });
    onWay.set(id, sending);
  };

  const settled = async () => {
    while (onWay.size > 0) await Promise.all(onWay.values());
  };
  return {
    start: async () => {
      await Promise.all(destinations.map(next));
    },
    settled,
    close: () => {
      isClosing = true;
      return settled();
    },
  };
}

const UNDRAWABLE: Delivery = { kind: 'dead', reason: 'refused' };

function isDueAt(
  row: { readonly destination: string; readonly state: string; readonly dueAt: number },
  id: string,
  { now }: { readonly now: number },
): boolean {
  return row.destination === id && row.state === 'pending' && row.dueAt <= now;
}
