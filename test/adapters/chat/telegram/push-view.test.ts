import { afterEach, expect, test } from 'vitest';
import type { ChatPlace, ChatPush } from '../../../../src/ports/chat.ts';
import { checkRequests, hasBotApi } from '../../../fakes/fake-telegram/check-requests.ts';
import type { FakeTelegram } from '../../../fakes/fake-telegram/start-fake-telegram.ts';
import { connected, view } from './connected.ts';

let last: FakeTelegram | null = null;
afterEach(() => {
  expect(last?.violations).toEqual([]);
  if (hasBotApi) expect(checkRequests(last?.requests ?? [])).toEqual([]);
});

const pushOf = (change: Partial<ChatPush> = {}): ChatPush => ({
  view: view({ title: 'Critical: quant-a' }),
  key: 'k4tz 1700000000000 room send 1',
  edits: null,
  repliesTo: null,
  isSilent: false,
  ...change,
});

async function open() {
  const all = await connected();
  last = all.telegram;
  const chat = all.telegram.chat({ id: -5, type: 'supergroup', title: 'Desk', is_forum: true });
  const place: ChatPlace = { network: 'telegram', chat: '-5', topic: '3', isPrivate: false };
  const push = (change?: Partial<ChatPush>) => all.gateway.push(place, pushOf(change));
  return { ...all, chat, push };
}

test('a message into its topic, an edit of it, the same edit again, a silent reply', async () => {
  const { telegram, clock, chat, push } = await open();
  const sent = await push();
  const id = sent.kind === 'delivered' ? sent.messageId : '';
  const better = view({ title: 'Over: quant-a' });
  expect(await push({ edits: id, view: better })).toEqual(sent);
  expect(await push({ edits: id, view: better }), 'not modified is as good as done').toEqual(sent);
  const replied = push({ repliesTo: id, isSilent: true });
  // Three in a row, then one a second.
  await clock.untilAsked(3000).then(() => clock.advance(3000));
  await replied;
  const [first, reply, ...others] = telegram.shown(chat);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ message_thread_id: 3 });
  expect(first?.text).toContain('Over: quant-a');
  expect(reply).toMatchObject({ reply_to: Number(id) });
  const [loud, silent] = telegram
    .asked('sendMessage')
    .map(({ fields }) => fields['disable_notification']);
  expect([loud, silent]).toEqual([undefined, true]);
});

test('a message that somebody deleted cannot be edited, and the caller hears it', async () => {
  const { push } = await open();
  expect(await push({ edits: '404' })).toEqual({ kind: 'dead', reason: 'gone' });
});

test('a group that moved: the caller hears the new id', async () => {
  const { telegram, chat, push } = await open();
  telegram.migrate(chat, -1005);
  expect(await push()).toEqual({ kind: 'moved', chat: '-1005' });
});
