import type { ChatPlace, ChatPush, SendOutcome, SendPriority } from '../../../ports/chat.ts';
import { compose } from './compose.ts';
import { type PostDeps, post } from './post.ts';
import { createRequests } from './requests.ts';

/** One attempt at a text or an edit of one. Pictures do not come this way. */
export async function pushView(
  place: ChatPlace,
  push: ChatPush & { readonly priority: SendPriority },
  deps: PostDeps,
): Promise<SendOutcome> {
  const { edits, repliesTo, isSilent, priority } = push;
  const { card } = compose({ ...push.view, picture: null }, deps.log);
  const replyTo = repliesTo === null ? null : Number(repliesTo);
  const requests = createRequests(deps.api, { place, replyTo, isSilent });
  const make = edits === null ? requests.sendText(card) : requests.editText(Number(edits), card);
  const { outcome, failure } = await post(
    { place, priority, isRepeatable: false, isSingle: true, make },
    deps,
  );
  return failure?.kind === 'message-gone' ? { kind: 'dead', reason: 'gone' } : outcome;
}
