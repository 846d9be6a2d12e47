import { expect, test } from 'vitest';
import { admit, type ChatRules } from '../../../src/app/chat/who-asks.ts';
import type { ChatPerson, ChatPlace, Network } from '../../../src/ports/chat.ts';

const rules: ChatRules = {
  people: [
    {
      id: 'ann',
      discord: '1',
      telegram: '11',
      roles: ['trader'],
      accounts: ['a'],
      locale: 'zh-CN',
    },
    { id: 'bob', discord: '2', roles: ['viewer'] },
    { id: 'nil', discord: '3', telegram: '33', roles: [] },
  ],
  discordRoles: { r1: 'viewer', r2: 'approver' },
  chats: { discord: ['room'], telegram: ['-100'] },
  isDemo: false,
  locale: 'en',
};

const person = (network: Network, id: string, more: Partial<ChatPerson> = {}): ChatPerson => ({
  network,
  id,
  roleIds: [],
  language: null,
  isAnonymous: false,
  ...more,
});

const place = (network: Network, chat: string, isPrivate = false): ChatPlace => ({
  network,
  chat,
  topic: null,
  isPrivate,
});

const room = place('discord', 'room');

test.each<{
  why: string;
  who: ChatPerson;
  where: ChatPlace;
  desk?: Partial<ChatRules>;
  kind: string;
  actor?: { person: string; roles: readonly string[]; accounts: readonly string[] | null };
}>([
  {
    why: 'a named person in a named chat',
    who: person('discord', '1'),
    where: room,
    kind: 'served',
    actor: { person: 'ann', roles: ['trader'], accounts: ['a'] },
  },
  {
    why: 'the same person on the other network',
    who: person('telegram', '11'),
    where: place('telegram', '-100'),
    kind: 'served',
    actor: { person: 'ann', roles: ['trader'], accounts: ['a'] },
  },
  {
    why: 'ids do not carry over: her Discord id means nothing on Telegram',
    who: person('telegram', '1'),
    where: place('telegram', '-100'),
    kind: 'stranger',
  },
  {
    why: 'a served person may ask in private',
    who: person('discord', '2'),
    where: place('discord', 'dm', true),
    kind: 'served',
    actor: { person: 'bob', roles: ['viewer'], accounts: null },
  },
  {
    why: 'a chat the desk file does not name shows no positions',
    who: person('discord', '1'),
    where: place('discord', 'other'),
    kind: 'wrong-place',
  },
  {
    why: 'a chat id of the other network does not count',
    who: person('discord', '1'),
    where: place('discord', '-100'),
    kind: 'wrong-place',
  },
  {
    why: 'an unknown person is a stranger even in a named chat',
    who: person('discord', '9'),
    where: room,
    kind: 'stranger',
  },
  {
    why: 'an unknown person is a stranger in private too',
    who: person('telegram', '9'),
    where: place('telegram', '9', true),
    kind: 'stranger',
  },
  {
    why: 'an anonymous admin is nobody, whatever id comes along',
    who: person('telegram', '11', { isAnonymous: true }),
    where: place('telegram', '-100'),
    kind: 'stranger',
  },
  {
    why: 'a Discord role serves people the desk file does not name',
    who: person('discord', '9', { roleIds: ['x', 'r2'] }),
    where: room,
    kind: 'served',
    actor: { person: 'discord:9', roles: ['approver'], accounts: null },
  },
  {
    why: 'a Discord role adds nothing to a named person',
    who: person('discord', '2', { roleIds: ['r2'] }),
    where: room,
    kind: 'served',
    actor: { person: 'bob', roles: ['viewer'], accounts: null },
  },
  {
    why: 'a role id on Telegram is not a Discord role',
    who: person('telegram', '9', { roleIds: ['r1'] }),
    where: place('telegram', '-100'),
    kind: 'served',
  },
  {
    why: 'a named person without a role is nobody',
    who: person('discord', '3'),
    where: room,
    kind: 'stranger',
  },
  {
    why: 'missing configuration means nobody and nowhere',
    who: person('discord', '1'),
    where: room,
    desk: { people: [], discordRoles: {} },
    kind: 'stranger',
  },
  {
    why: 'missing chats mean private only',
    who: person('discord', '1'),
    where: room,
    desk: { chats: { discord: [], telegram: [] } },
    kind: 'wrong-place',
  },
  {
    why: 'on the demo desk everybody trades play money, anywhere',
    who: person('telegram', '9'),
    where: place('telegram', '-7'),
    desk: { isDemo: true, people: [] },
    kind: 'served',
    actor: { person: 'telegram:9', roles: ['trader', 'approver'], accounts: null },
  },
  {
    why: 'but an anonymous admin is nobody there either',
    who: person('telegram', '9', { isAnonymous: true }),
    where: place('telegram', '-7'),
    desk: { isDemo: true, people: [] },
    kind: 'stranger',
  },
])('$why', ({ who, where, desk, kind, actor }) => {
  const admission = admit(who, where, { ...rules, ...desk });
  expect(admission.kind).toBe(kind);
  if (actor) expect(admission).toMatchObject({ actor: { ...actor, network: who.network } });
});

test.each([
  {
    why: "a person's own language wins",
    who: person('discord', '1', { language: 'en-US' }),
    locale: 'zh-CN',
  },
  {
    why: 'else what the platform says',
    who: person('discord', '2', { language: 'zh-TW' }),
    locale: 'zh-CN',
  },
  {
    why: 'a prefix is enough',
    who: person('discord', '2', { language: 'zh-hans' }),
    locale: 'zh-CN',
  },
  { why: "else the desk's", who: person('discord', '2', { language: 'fr' }), locale: 'en' },
])('$why', ({ who, locale }) => {
  expect(admit(who, room, rules)).toMatchObject({ kind: 'served', locale });
});

test.each([
  { why: 'a thread counts as the channel it hangs in', threadOf: 'room', kind: 'served' },
  { why: 'and as no other', threadOf: 'elsewhere', kind: 'wrong-place' },
])('$why', ({ threadOf, kind }) => {
  const thread = { ...place('discord', 'thread'), threadOf };
  expect(admit(person('discord', '1'), thread, rules).kind).toBe(kind);
  expect(admit(person('discord', '9'), thread, rules).kind).toBe('stranger');
});
