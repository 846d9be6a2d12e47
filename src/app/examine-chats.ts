import type { ChatCheck, ChatRights } from '../ports/chat-check.ts';
import type { Note, Table } from '../replies/reply.ts';
import { note, tableOf, words } from '../replies/table-of.ts';
import type { Translate } from '../replies/translate.ts';

/** The chats' part of the doctor's reply. */
export interface ExaminedChats {
  /** Null when no chat is configured. */
  readonly table: Table | null;
  readonly notes: readonly Note[];
}

interface Row {
  readonly name: string;
  readonly state: ChatRights['state'] | 'refused';
}

/** Lays out what the platforms said, and for each fault what to do about it. Every note is a fault. */
export function examineChats(checks: readonly ChatCheck[], say: Translate): ExaminedChats {
  const rows = checks.flatMap(({ network, credential, chats }): Row[] => [
    { name: network, state: credential },
    ...chats.map(({ id, state }) => ({ name: `${network} ${id}`, state })),
  ]);
  const table = tableOf<Row>({
    caption: say('doctor.chats'),
    empty: '',
    rows,
    columns: [
      words(say('doctor.column.chat'), 1, ({ name }) => name),
      words(say('doctor.column.chatState'), 1, ({ state }) => ({
        text: say(`doctor.chat.${state}`),
        severity: state === 'fine' ? null : 'crit',
      })),
    ],
  });
  const notes = checks.flatMap((check) => faultsOf(check, say)).map((text) => note(text, 'crit'));
  return { table: checks.length > 0 ? table : null, notes };
}

function faultsOf(check: ChatCheck, say: Translate): string[] {
  const { network, credential, isOwnApplication, isInGuild } = check;
  if (credential !== 'fine') return [say(`doctor.chatFault.${credential}`, { network })];
  return [
    ...(isOwnApplication === false ? [say('doctor.chatFault.application')] : []),
    ...(isInGuild === false ? [say('doctor.chatFault.guild')] : []),
    ...check.chats.flatMap((chat) => faultOfChat(`${network} ${chat.id}`, chat, say)),
  ];
}

function faultOfChat(chat: string, rights: ChatRights, say: Translate): string[] {
  const { state, missing, movedTo } = rights;
  switch (state) {
    case 'fine':
      return [];
    case 'missing-rights':
      return [say('doctor.chatFault.missing-rights', { chat, rights: missing.join(', ') })];
    case 'moved':
      return [say('doctor.chatFault.moved', { chat, to: movedTo ?? '–' })];
    case 'unreachable':
      return [say('doctor.chatFault.notLooked', { chat })];
    default:
      return [say(`doctor.chatFault.${state}`, { chat })];
  }
}
