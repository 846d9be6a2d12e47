import { Api } from 'grammy';
import type { ChatMember, ChatPermissions } from 'grammy/types';
import { classifyError } from './classify-error.ts';

/** What the doctor learns about Telegram, without polling, sending or changing anything. */
export interface TelegramCheck {
  readonly credential: 'fine' | 'refused' | 'unreachable';
  readonly chats: readonly TelegramChatCheck[];
}

interface TelegramChatCheck {
  readonly id: string;
  readonly state: 'fine' | 'gone' | 'forbidden' | 'unreachable' | 'missing-rights' | 'moved';
  /** Rights that are missing, in Telegram's own words. */
  readonly missing: readonly string[];
  /** The id of the group that this one became; null: it did not. */
  readonly movedTo: string | null;
}

const SECONDS = 10;
const NEEDED = [
  ['can_send_messages', 'Send Text Messages'],
  ['can_send_photos', 'Send Photos'],
] as const;

/** Tries the token, and whether the bot may write in every chat that it is to write to. */
export async function checkTelegram(options: {
  readonly token: string;
  readonly apiRoot: string | null;
  readonly chats: readonly string[];
}): Promise<TelegramCheck> {
  const root = options.apiRoot === null ? {} : { apiRoot: options.apiRoot };
  const api = new Api(options.token, { ...root, timeoutSeconds: SECONDS });
  try {
    const { id } = await api.getMe();
    const chats = await Promise.all(options.chats.map((chat) => checkChat(chat, id, api)));
    return { credential: 'fine', chats };
  } catch (error) {
    const failure = classifyError(error);
    const isRefused = failure.kind === 'dead' && failure.reason === 'credential-lost';
    return { credential: isRefused ? 'refused' : 'unreachable', chats: [] };
  }
}

async function checkChat(id: string, bot: number, api: Api): Promise<TelegramChatCheck> {
  const found = (state: TelegramChatCheck['state']) => ({ id, state, missing: [], movedTo: null });
  try {
    const chat = await api.getChat(Number(id));
    const member = await api.getChatMember(Number(id), bot);
    if (member.status === 'left' || member.status === 'kicked') return found('forbidden');
    const missing = missingRights(member, chat.permissions);
    return { ...found(missing.length === 0 ? 'fine' : 'missing-rights'), missing };
  } catch (error) {
    const failure = classifyError(error);
    if (failure.kind === 'moved') return { ...found('moved'), movedTo: failure.chat };
    if (failure.kind !== 'dead') return found('unreachable');
    return found(failure.reason === 'gone' ? 'gone' : 'forbidden');
  }
}

/** Admins may write whatever the group forbids its members; a restricted member has rules of its own. */
function missingRights(member: ChatMember, everybody: ChatPermissions | undefined): string[] {
  if (member.status === 'creator' || member.status === 'administrator') return [];
  const rights = member.status === 'restricted' ? member : everybody;
  return NEEDED.filter(([right]) => rights?.[right] === false).map(([, name]) => name);
}
