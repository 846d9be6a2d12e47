import type {
  ChatPlace,
  ChatPush,
  ChatView,
  SendLanes,
  SendOutcome,
  SendPriority,
} from '../../../ports/chat.ts';
import type { Called, DiscordCalls } from './discord-calls.ts';
import type { DiscordMessage } from './message.ts';
import { nonceOf } from './nonce-of.ts';
import { CODES } from './send-outcome.ts';

interface PushDeps {
  readonly calls: Pick<DiscordCalls, 'post' | 'edit'>;
  readonly lanes: SendLanes;
  draw(view: ChatView): DiscordMessage;
  priorityOf(view: ChatView): SendPriority;
}

/** No message has it: an edit of it is refused, and what it should say is said anew. */
const DELETED = '0';

/** One attempt through the channel's lane. */
export function pushMessage(
  place: ChatPlace,
  push: ChatPush,
  deps: PushDeps,
): Promise<SendOutcome> {
  const message = deps.draw(push.view);
  return deps.lanes.run({
    place,
    priority: deps.priorityOf(push.view),
    notAfter: null,
    isRepeatable: false,
    isSingle: true,
    attempt: async () =>
      push.edits === null
        ? arrivedOnce(await deps.calls.post(place.chat, message, postingOf(place, push)))
        : (await deps.calls.edit(place.chat, push.edits, message)).outcome,
  });
}

function postingOf(place: ChatPlace, { key, repliesTo, isSilent }: ChatPush) {
  return { nonce: nonceOf(place.chat, key), repliesTo, isSilent };
}

/** A repeat of a message that somebody has deleted since is answered so: it had arrived. */
function arrivedOnce({ outcome, code }: Called): SendOutcome {
  return code === CODES.unknownMessage ? { kind: 'delivered', messageId: DELETED } : outcome;
}
