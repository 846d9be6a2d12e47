import type {
  ChatAnswer,
  ChatPlace,
  ChatView,
  SendLanes,
  SendOutcome,
} from '../../../ports/chat.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type Acknowledged, acknowledge } from './acknowledge.ts';
import type { Called, DiscordCalls, InteractionKey } from './discord-calls.ts';
import type { DiscordMessage } from './message.ts';
import { modalBody } from './modal-body.ts';
import { nonceOf } from './nonce-of.ts';
import { CODES } from './send-outcome.ts';
import { whisperBody } from './whisper-body.ts';

/** Interaction callback types of Discord's API. */
const MESSAGE = 4;
const DEFER_MESSAGE = 5;
const DEFER_UPDATE = 6;
const MODAL = 9;
const EPHEMERAL = 64;

/** An interaction's token lives for 15 minutes; the last three are left to chance by nobody. */
const EDITABLE_MS = 12 * 60_000;
const MOST_EDITS = 4;
const EDIT_PAUSE_MS = 500;
const GONE: SendOutcome = { kind: 'dead', reason: 'gone' };
/** The interaction is not there to be answered any more: an ordinary message still can be sent. */
const EXPIRED: readonly number[] = [
  CODES.unknownInteraction,
  CODES.unknownWebhook,
  CODES.invalidWebhookToken,
];

export interface AnswerDeps {
  readonly calls: DiscordCalls;
  readonly lanes: SendLanes;
  readonly clock: Clock;
  /** Draws a view, within the limits. */
  draw(view: ChatView): DiscordMessage;
}

export interface Answered {
  readonly key: InteractionKey;
  readonly place: ChatPlace;
  readonly receivedAt: number;
  /** It came from a message that the answer changes: a button, a menu. */
  readonly isUpdate: boolean;
}

/** The way back for one interaction. Its steps happen in the order in which they were asked for. */
export function createInteractionAnswer(to: Answered, deps: AnswerDeps): ChatAnswer {
  const { key, place, receivedAt, isUpdate } = to;
  const { calls, clock } = deps;
  let acknowledged: Promise<Acknowledged> | null = null;
  let isPublic = true;
  let hasShown = false;
  /** The ordinary message that took over from the interaction. */
  let messageId: string | null = null;
  let order: Promise<unknown> = Promise.resolve();

  const inOrder = <T>(step: () => Promise<T>): Promise<T> => {
    const done = order.then(step);
    // A step that broke must not take with it the one that says so.
    order = done.catch(() => null);
    return done;
  };
  const first = (body: object): Promise<Acknowledged> => {
    acknowledged ??= acknowledge(key, body, { calls, clock, receivedAt });
    return acknowledged;
  };
  const defer = (visibility: 'public' | 'private'): Promise<Acknowledged> => {
    if (acknowledged !== null) return acknowledged;
    isPublic = visibility === 'public';
    if (isUpdate) return first({ type: DEFER_UPDATE });
    return first({ type: DEFER_MESSAGE, ...(isPublic ? {} : { data: { flags: EPHEMERAL } }) });
  };

  const show = async (view: ChatView): Promise<SendOutcome> => {
    const message = deps.draw(view);
    const state = await defer('public');
    if (state === 'taken') return { kind: 'dead', reason: 'refused' };
    if (messageId !== null) return (await calls.edit(place.chat, messageId, message)).outcome;
    if (clock.now() - receivedAt < EDITABLE_MS) {
      const called = await editPatiently(() => calls.editOriginal(key, message), clock);
      const isExpired = called.code !== null && EXPIRED.includes(called.code);
      // What was never acknowledged has no message that could be edited.
      const isMissing = state === 'late' && called.code === CODES.unknownMessage;
      hasShown ||= called.outcome.kind === 'delivered';
      if (!isExpired && !isMissing) return called.outcome;
    }
    // What was for one person's eyes does not become a message for all of them.
    if (!isPublic && !place.isPrivate) return GONE;
    const outcome = await deps.lanes.run({
      place,
      priority: 'answer',
      notAfter: null,
      isRepeatable: true,
      attempt: async () =>
        (await calls.post(place.chat, message, { nonce: nonceOf(place.chat, key.id) })).outcome,
    });
    if (outcome.kind === 'delivered') messageId = outcome.messageId;
    return outcome;
  };

  const whisper = async (text: string): Promise<SendOutcome> => {
    const body = whisperBody(text);
    if (acknowledged === null) {
      isPublic = isUpdate;
      const state = await first({ type: MESSAGE, data: body });
      hasShown = true;
      return state === 'ours' ? { kind: 'delivered', messageId: '@original' } : GONE;
    }
    if ((await acknowledged) === 'taken') return GONE;
    // The first message after "thinking …" takes its place, and its audience: it has to go first.
    if (!hasShown && !isUpdate && isPublic) await calls.deleteOriginal(key);
    hasShown = true;
    return (await editPatiently(() => calls.followUp(key, body), clock, { isRepeatable: false }))
      .outcome;
  };

  return {
    acknowledge: async (visibility) => {
      await defer(visibility);
    },
    show: (view) => inOrder(() => show(view)),
    whisper: (text) => inOrder(() => whisper(text)),
    ask: (question) =>
      inOrder(async () => {
        // A modal opens only as the first answer; whoever was answered already cannot be asked.
        if (acknowledged !== null) return GONE;
        const state = await first({ type: MODAL, data: modalBody(question) });
        return state === 'ours' ? { kind: 'delivered', messageId: '@original' } : GONE;
      }),
  };
}

/** Keeps every pause that Discord asks for; repeats what may be repeated and nobody knows about. */
async function editPatiently(
  attempt: () => Promise<Called>,
  clock: Clock,
  { isRepeatable }: { readonly isRepeatable: boolean } = { isRepeatable: true },
): Promise<Called> {
  for (let count = 1; ; count += 1) {
    const called = await attempt();
    const { outcome } = called;
    const isUnsettled = outcome.kind === 'retry' || (outcome.kind === 'unknown' && isRepeatable);
    if (!isUnsettled || count >= MOST_EDITS) return called;
    await clock.after(outcome.kind === 'retry' ? outcome.retryAfterMs : EDIT_PAUSE_MS * count);
  }
}
