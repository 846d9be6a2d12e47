import type { ChatPlace, ChatView, SendOutcome, SendPriority } from '../../../ports/chat.ts';
import { type Composed, compose } from './compose.ts';
import { type Call, type PostDeps, type Posted, post } from './post.ts';
import { createRequests, type Requests } from './requests.ts';

/** A message of ours as it stands in the chat. A picture too long for its text follows it. */
export type Shown =
  | { readonly kind: 'text'; readonly id: number; readonly pictureId: number | null }
  | { readonly kind: 'photo'; readonly id: number };

export interface Destination {
  readonly place: ChatPlace;
  readonly priority: SendPriority;
  /** The message that asked, where several people ask; null: none. */
  readonly replyTo: number | null;
}

export interface ShowResult {
  readonly outcome: SendOutcome;
  /** Null when nothing is known to stand there. */
  readonly shown: Shown | null;
}

/** What the steps below share: one view on its way to one place. */
interface Errand {
  readonly composed: Composed;
  readonly requests: Requests;
  once(make: Call['make']): Promise<Posted>;
  /** For edits: the same edit twice is one edit. */
  repeatably(make: Call['make']): Promise<Posted>;
}

/** Sends a view as a new message. */
export function sendView(to: Destination, view: ChatView, deps: PostDeps): Promise<ShowResult> {
  return send(errandOf(to, view, deps));
}

/**
 * Brings what stands there to what the view says; where that cannot be, a new message takes its
 * place.
 */
export async function editView(
  to: Destination,
  change: { readonly shown: Shown; readonly view: ChatView },
  deps: PostDeps,
): Promise<ShowResult> {
  const { shown, view } = change;
  const errand = errandOf(to, view, deps);
  const { requests, composed } = errand;
  const { card, picture } = composed;
  const isText = shown.kind === 'text' && (shown.pictureId !== null || !picture?.takesText);
  // A photo never becomes text again, and an old picture under new figures would be a lie.
  if (!isText && !picture?.takesText) return replace(errand, shown);
  const edit =
    isText || !picture
      ? requests.editText(shown.id, card)
      : requests.editPhoto(shown.id, card, picture.png);
  const { outcome, failure } = await errand.repeatably(edit);
  if (failure?.kind === 'message-gone') return send(errand);
  if (failure?.kind === 'picture') return replace(withoutPicture(errand), shown);
  if (outcome.kind !== 'delivered') return { outcome, shown };
  if (!isText) return { outcome, shown: { kind: 'photo', id: shown.id } };
  return { outcome, shown: { ...shown, pictureId: await follow(errand, shown.pictureId) } };
}

function errandOf(to: Destination, view: ChatView, deps: PostDeps): Errand {
  const run = (isRepeatable: boolean) => (make: Call['make']) =>
    post({ place: to.place, priority: to.priority, isRepeatable, make }, deps);
  return {
    composed: compose(view, deps.log),
    requests: createRequests(deps.api, to),
    once: run(false),
    repeatably: run(true),
  };
}

async function send(errand: Errand): Promise<ShowResult> {
  const { card, picture } = errand.composed;
  if (picture?.takesText) {
    const { outcome, failure } = await errand.once(errand.requests.sendPhoto(card, picture.png));
    if (failure?.kind === 'picture') return send(withoutPicture(errand));
    const id = idOf(outcome);
    return { outcome, shown: id === null ? null : { kind: 'photo', id } };
  }
  const { outcome } = await errand.once(errand.requests.sendText(card));
  const id = idOf(outcome);
  if (id === null) return { outcome, shown: null };
  return { outcome, shown: { kind: 'text', id, pictureId: await follow(errand, null) } };
}

/** The new message first: nothing is lost should the old one not go away. */
async function replace(errand: Errand, old: Shown): Promise<ShowResult> {
  const result = await send(errand);
  if (result.outcome.kind !== 'delivered') return result;
  await errand.repeatably(errand.requests.remove(old.id));
  if (old.kind === 'text' && old.pictureId !== null) {
    await errand.repeatably(errand.requests.remove(old.pictureId));
  }
  return result;
}

/** The picture below a text: sent, changed or taken away. The text says everything without it. */
async function follow(errand: Errand, old: number | null): Promise<number | null> {
  const { composed, requests } = errand;
  const { picture } = composed;
  if (picture === null) {
    if (old !== null) await errand.repeatably(requests.remove(old));
    return null;
  }
  const { titled, png } = picture;
  if (old !== null) {
    const { failure } = await errand.repeatably(requests.editPhoto(old, titled, png));
    if (failure?.kind !== 'message-gone') return old;
  }
  return idOf((await errand.once(requests.sendPhoto(titled, png))).outcome);
}

function withoutPicture(errand: Errand): Errand {
  return { ...errand, composed: { ...errand.composed, picture: null } };
}

function idOf(outcome: SendOutcome): number | null {
  return outcome.kind === 'delivered' ? Number(outcome.messageId) : null;
}
