import type { ChatPlace, Network, SendJob, SendLanes, SendOutcome } from '../../ports/chat.ts';
import type { Clock } from '../../ports/clock.ts';

/** Budget of one platform: what it lets through, per chat and overall. */
interface Budget {
  readonly overallPerSecond: number;
  /** Messages that may go at once, then one each `everyMs`; null: the library reads the headers. */
  readonly chat: { readonly burst: number; readonly everyMs: number } | null;
  /** Telegram groups: messages a minute, of which two are kept for what cannot wait. */
  readonly groupPerMinute: number | null;
}

/** Telegram's and Discord's published and reported limits, with room to spare (specs of 2026-11). */
const BUDGETS: Readonly<Record<Network, Budget>> = {
  telegram: { overallPerSecond: 25, chat: { burst: 3, everyMs: 1000 }, groupPerMinute: 18 },
  discord: { overallPerSecond: 40, chat: null, groupPerMinute: null },
};
const RESERVED_PER_MINUTE = 2;
const MOST_ATTEMPTS = 6;
/** Longer than this nobody waits who could say something more urgent by then. */
const PATIENCE_MS = 3000;
const MINUTE = 60_000;
const ORDER = ['liquidation', 'answer', 'alert', 'info'] as const;

interface Waiting {
  readonly job: SendJob;
  attempts: number;
  readonly done: (outcome: SendOutcome) => void;
}

interface Lane {
  readonly queue: Waiting[];
  isRunning: boolean;
  pausedUntil: number;
  /** When the last messages went, for the minute's and the burst's budget. */
  sentAt: number[];
}

/**
 * One message at a time per chat, the most urgent first. A pause the platform asks for is kept to
 * the millisecond, for that chat or for the whole network. Nothing accepted is dropped silently:
 * each job ends in an outcome.
 */
export function createSendLanes(clock: Clock): SendLanes {
  const lanes = new Map<string, Lane>();
  const networks = new Map<Network, { pausedUntil: number; sentAt: number[] }>();

  const networkOf = (network: Network) => {
    const known = networks.get(network) ?? { pausedUntil: 0, sentAt: [] };
    networks.set(network, known);
    return known;
  };

  const attempt = async (lane: Lane, waiting: Waiting): Promise<void> => {
    const { job } = waiting;
    if (job.notAfter !== null && clock.now() > job.notAfter) {
      return waiting.done({ kind: 'dead', reason: 'refused' });
    }
    waiting.attempts += 1;
    const network = networkOf(job.place.network);
    const at = clock.now();
    lane.sentAt = [...lane.sentAt.filter((sent) => at - sent < MINUTE), at];
    network.sentAt = [...network.sentAt.filter((sent) => at - sent < 1000), at];
    const outcome = await job.attempt();
    const mayRepeat = waiting.attempts < MOST_ATTEMPTS && !job.isSingle;
    if (outcome.kind === 'retry') {
      const until = clock.now() + outcome.retryAfterMs;
      if (outcome.scope === 'network') network.pausedUntil = until;
      else lane.pausedUntil = until;
      if (!mayRepeat) return waiting.done(outcome);
      lane.queue.unshift(waiting);
    } else if (outcome.kind === 'unknown' && job.isRepeatable && mayRepeat) {
      lane.pausedUntil = clock.now() + 1000 * waiting.attempts;
      lane.queue.unshift(waiting);
    } else {
      waiting.done(outcome);
    }
  };

  const drain = async (lane: Lane, place: ChatPlace): Promise<void> => {
    if (lane.isRunning) return;
    lane.isRunning = true;
    while (lane.queue.length > 0) {
      const waitMs = waitOf(lane, networkOf(place.network), { place, now: clock.now() });
      if (waitMs > 0) {
        await clock.after(waitMs);
        continue;
      }
      const next = takeMostUrgent(lane.queue);
      if (next) await attempt(lane, next);
    }
    lane.isRunning = false;
  };

  return {
    run: (job) =>
      new Promise((done) => {
        const key = `${job.place.network} ${job.place.chat}`;
        const lane = lanes.get(key) ?? { queue: [], isRunning: false, pausedUntil: 0, sentAt: [] };
        lanes.set(key, lane);
        lane.queue.push({ job, attempts: 0, done });
        const network = networkOf(job.place.network);
        const waitMs = waitOf(lane, network, { place: job.place, now: clock.now() });
        if (job.isSingle && waitMs > PATIENCE_MS) {
          lane.queue.pop();
          return done({ kind: 'retry', retryAfterMs: waitMs, scope: 'chat' });
        }
        void drain(lane, job.place);
      }),
    queued: (network) =>
      [...lanes]
        .filter(([key]) => key.startsWith(`${network} `))
        .reduce((sum, [, lane]) => sum + lane.queue.length, 0),
  };
}

/** How long the next message must still wait; 0: it may go. */
function waitOf(
  lane: Lane,
  network: { pausedUntil: number; sentAt: number[] },
  at: { readonly place: ChatPlace; readonly now: number },
): number {
  const { place, now } = at;
  const budget = BUDGETS[place.network];
  const waits = [lane.pausedUntil - now, network.pausedUntil - now];
  const overall = network.sentAt.filter((sent) => now - sent < 1000);
  if (overall.length >= budget.overallPerSecond) waits.push((overall[0] ?? now) + 1000 - now);
  if (budget.chat) {
    const { burst, everyMs } = budget.chat;
    const recent = lane.sentAt.filter((sent) => now - sent < burst * everyMs);
    if (recent.length >= burst) waits.push((recent[0] ?? now) + burst * everyMs - now);
  }
  if (budget.groupPerMinute !== null && !place.isPrivate) {
    const isUrgent = lane.queue.some(({ job }) => job.priority === 'liquidation');
    const allowed = budget.groupPerMinute - (isUrgent ? 0 : RESERVED_PER_MINUTE);
    const lastMinute = lane.sentAt.filter((sent) => now - sent < MINUTE);
    const blocking = lastMinute[lastMinute.length - allowed];
    if (blocking !== undefined) waits.push(blocking + MINUTE - now);
  }
  return Math.max(0, ...waits);
}

function takeMostUrgent(queue: Waiting[]): Waiting | undefined {
  for (const priority of ORDER) {
    const index = queue.findIndex(({ job }) => job.priority === priority);
    if (index >= 0) return queue.splice(index, 1)[0];
  }
  return queue.shift();
}
