import { expect, test } from 'vitest';
import { examineChats } from '../../src/app/examine-chats.ts';
import type { ChatCheck, ChatRights } from '../../src/ports/chat-check.ts';
import { createTranslate } from '../../src/replies/translate.ts';

const sound: ChatCheck = {
  network: 'telegram',
  credential: 'fine',
  isOwnApplication: null,
  isInGuild: null,
  chats: [],
};
const rights = (change: Partial<ChatRights>): Partial<ChatCheck> => ({
  chats: [{ id: '-1001', state: 'fine', missing: [], movedTo: null, ...change }],
});

test.each<{ why: string; check: Partial<ChatCheck>; says: string | null }>([
  { why: 'a sound token and no chats', check: {}, says: null },
  { why: 'a chat where everything is allowed', check: rights({}), says: null },
  { why: 'what was not asked is no fault', check: { isInGuild: null }, says: null },
  {
    why: 'a token that is refused',
    check: { credential: 'refused' },
    says: 'refuses the bot token',
  },
  {
    why: 'a platform out of reach',
    check: { credential: 'unreachable' },
    says: 'cannot be reached',
  },
  { why: 'another application', check: { isOwnApplication: false }, says: 'application id' },
  { why: 'a guild without the bot', check: { isInGuild: false }, says: 'configured guild' },
  { why: 'no such chat', check: rights({ state: 'gone' }), says: 'telegram -1001: there is no' },
  {
    why: 'thrown out',
    check: rights({ state: 'forbidden' }),
    says: 'telegram -1001: the bot is not',
  },
  {
    why: 'a right that is missing, by its name',
    check: rights({ state: 'missing-rights', missing: ['Send Photos'] }),
    says: 'may not do this: Send Photos',
  },
  {
    why: 'a group with a new id',
    check: rights({ state: 'moved', movedTo: '-1002' }),
    says: 'telegram -1001 is -1002 now',
  },
  { why: 'no answer about a chat', check: rights({ state: 'unreachable' }), says: 'Run the check' },
])('$why', ({ check, says }) => {
  const { notes, table } = examineChats([{ ...sound, ...check }], createTranslate('en'));
  expect(notes.map(({ text }) => text)).toEqual(
    says === null ? [] : [expect.stringContaining(says)],
  );
  expect(table?.rows[0]?.[0]?.text).toBe('telegram');
});

test('without a chat there is nothing to say', () => {
  expect(examineChats([], createTranslate('en'))).toEqual({ table: null, notes: [] });
});
