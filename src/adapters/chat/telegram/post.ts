import type { Api } from 'grammy';
import type { ChatPlace, SendLanes, SendOutcome, SendPriority } from '../../../ports/chat.ts';
import type { Log } from '../../../ports/log.ts';
import { classifyError, type Failure } from './classify-error.ts';
import type { Connection } from './connection.ts';
import type { Moves } from './moves.ts';
import type { Pauses } from './pauses.ts';

/** Everything that a message needs on its way out. */
export interface PostDeps {
  readonly api: Api;
  readonly lanes: SendLanes;
  readonly pauses: Pauses;
  readonly moves: Moves;
  readonly connection: Connection;
  readonly log: Log;
}

export interface Call {
  readonly place: ChatPlace;
  readonly priority: SendPriority;
  /** True for edits: the same edit twice is one edit. */
  readonly isRepeatable: boolean;
  /** Whoever asks repeats it himself. */
  readonly isSingle?: boolean;
  /** One request; gives the id of the message. Called again with `plain` when the markup is refused. */
  make(chat: number, style: 'html' | 'plain'): Promise<number>;
}

export interface Posted {
  readonly outcome: SendOutcome;
  /** What the last refusal was; null after success. */
  readonly failure: Failure | null;
}

const UNREACHABLE_MS = 3000;

/** One message or edit through the chat's lane. Never rejects. */
export async function post(call: Call, deps: PostDeps): Promise<Posted> {
  const place = deps.moves.current(call.place);
  let last: Posted = { outcome: { kind: 'unknown' }, failure: { kind: 'unknown' } };
  const outcome = await deps.lanes.run({
    place,
    priority: call.priority,
    notAfter: null,
    isRepeatable: call.isRepeatable,
    ...(call.isSingle ? { isSingle: true } : {}),
    attempt: async () => {
      last = await attempt({ ...call, place }, deps);
      return last.outcome;
    },
  });
  return { outcome, failure: last.failure };
}

async function attempt(call: Call, deps: PostDeps): Promise<Posted> {
  const { chat } = call.place;
  if (deps.connection.state().kind === 'credential-lost') {
    return { outcome: { kind: 'dead', reason: 'credential-lost' }, failure: null };
  }
  // A pause may have begun with a call that no lane knows of.
  const pause = deps.pauses.left(chat);
  if (pause) return { outcome: { kind: 'retry', ...pause }, failure: null };
  try {
    const id = await makeWithoutMarkupAtLast(call, deps);
    return { outcome: { kind: 'delivered', messageId: String(id) }, failure: null };
  } catch (error) {
    const failure = classifyError(error);
    return { outcome: outcomeOf(failure, chat, deps), failure };
  }
}

async function makeWithoutMarkupAtLast(call: Call, deps: PostDeps): Promise<number> {
  const chat = Number(call.place.chat);
  try {
    return await call.make(chat, 'html');
  } catch (error) {
    if (classifyError(error).kind !== 'markup') throw error;
    deps.log.error('telegram refused our markup', { network: 'telegram' });
    return call.make(chat, 'plain');
  }
}

function outcomeOf(failure: Failure, chat: string, deps: PostDeps): SendOutcome {
  switch (failure.kind) {
    case 'wait':
      return { kind: 'retry', ...deps.pauses.begin(chat, failure.retryAfterMs) };
    case 'unreachable':
      return { kind: 'retry', retryAfterMs: UNREACHABLE_MS, scope: 'network' };
    case 'moved':
      deps.moves.note(chat, failure.chat);
      return failure;
    case 'dead':
      if (failure.reason === 'credential-lost') deps.connection.isLost();
      return failure;
    case 'unknown':
      return { kind: 'unknown' };
    default:
      return { kind: 'dead', reason: 'refused' };
  }
}
