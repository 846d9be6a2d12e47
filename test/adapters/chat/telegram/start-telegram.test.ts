import { afterEach, describe, expect, test } from 'vitest';
import { checkRequests, hasBotApi } from '../../../fakes/fake-telegram/check-requests.ts';
import { FAULTS } from '../../../fakes/fake-telegram/faults.ts';
import type { FakeTelegram } from '../../../fakes/fake-telegram/start-fake-telegram.ts';
import { type Behaviour, connected, refresh, view } from './connected.ts';

let last: FakeTelegram | null = null;
const open = async (behaviour?: Behaviour) => {
  const all = await connected(behaviour);
  last = all.telegram;
  return all;
};
afterEach(() => {
  expect(last?.violations).toEqual([]);
  if (hasBotApi) expect(checkRequests(last?.requests ?? [])).toEqual([]);
});

const GROUP = { id: -100200, type: 'supergroup', title: 'Desk' } as const;
const FORUM = { id: -100300, type: 'supergroup', title: 'Desk', is_forum: true } as const;

describe('starting', () => {
  test('drops what was written to nobody, asks only for what it hears, sets the menu in two languages', async () => {
    const { telegram, gateway } = await open();
    expect(gateway.state().kind).toBe('connected');
    await telegram.until(() => telegram.world.menus.size === 2);
    await telegram.until(() => telegram.asked('getUpdates').length > 0);
    expect(telegram.asked('deleteWebhook')[0]?.fields).toEqual({ drop_pending_updates: true });
    expect(telegram.asked('getUpdates')[0]?.fields).toMatchObject({
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
    });
    expect(telegram.world.menus.get('zh')?.[0]).toEqual({
      command: 'liq',
      description: '按强平距离',
    });
    expect(telegram.world.menus.get('')?.[1]).toEqual({
      command: 'help',
      description: 'What there is',
    });
  });

  test('a refused token is a state, and nothing is sent with it any more', async () => {
    const { telegram, gateway, logged } = await open({ token: '1:wrong' });
    expect(gateway.state()).toEqual({ kind: 'credential-lost', lastSuccessAt: null });
    const place = { network: 'telegram', chat: '7', topic: null, isPrivate: true } as const;
    expect(await gateway.send(place, view(), 'a1')).toEqual({
      kind: 'dead',
      reason: 'credential-lost',
    });
    expect(telegram.requests.map(({ method }) => method)).toEqual(['getMe']);
    expect(logged.join()).not.toContain('wrong');
  });

  test('a token refused later ends the polling', async () => {
    const { telegram, gateway } = await open({
      prepare: (fake) => fake.script('getUpdates', FAULTS.unauthorized),
    });
    await telegram.until(() => telegram.asked('getUpdates').length > 0);
    await telegram.until(() => telegram.world.menus.size === 2);
    await expect.poll(() => gateway.state().kind, { interval: 1 }).toBe('credential-lost');
    expect(telegram.asked('getUpdates')).toHaveLength(1);
  });

  test('a platform that is down is a state, tried again ever more patiently', async () => {
    const { telegram, gateway, clock } = await open({
      prepare: (fake) => fake.script('getMe', FAULTS.badGateway, FAULTS.serverError),
    });
    expect(gateway.state().kind).toBe('connecting');
    await clock.untilAsked(1000);
    await clock.advance(1000);
    await clock.untilAsked(2000);
    await clock.advance(2000);
    await telegram.until(() => telegram.asked('getUpdates').length > 0);
    expect(gateway.state()).toEqual({ kind: 'connected', lastSuccessAt: clock.now() });
  });

  test('a platform that says nothing does not hold up the program', async () => {
    const { gateway } = await open({
      isSilent: true,
      prepare: (fake) => fake.script('getMe', FAULTS.hang),
    });
    expect(gateway.state().kind).toBe('connecting');
  });

  test('another poller with the same token: step back ever longer, say so, go on when it is gone', async () => {
    const { telegram, gateway, clock, logged, nextEvent } = await open({
      prepare: (fake) => fake.script('getUpdates', FAULTS.conflict, FAULTS.conflict),
    });
    await clock.untilAsked(5000);
    expect(gateway.state().kind).toBe('connecting');
    expect(logged.join()).toContain('conflict');
    await clock.advance(4999);
    expect(telegram.asked('getUpdates')).toHaveLength(1);
    await clock.advance(1);
    await clock.untilAsked(10_000);
    await clock.advance(10_000);
    telegram.person({ id: 7 }).type('/liq');
    await nextEvent();
    expect(gateway.state().kind).toBe('connected');
    expect(telegram.asked('getUpdates').length).toBeLessThan(5);
  });

  test('ends a held poll when closed', async () => {
    const { telegram, gateway } = await open();
    await telegram.until(() => telegram.asked('getUpdates').length > 0);
    await gateway.close();
    expect(gateway.state().kind).toBe('closed');
  });
});

describe('what somebody writes', () => {
  test('a command in private: line, person, place, both times', async () => {
    const { telegram, clock, nextEvent } = await open();
    const alice = telegram.person({ id: 5521, language: 'zh-hans' });
    const update = alice.type('/LIQ btc  account=bybit-a');
    const event = await nextEvent();
    expect(event).toMatchObject({
      id: String(update.update_id),
      at: Math.floor(clock.now() / 1000) * 1000,
      receivedAt: clock.now(),
      place: { network: 'telegram', chat: '5521', topic: null, isPrivate: true },
      person: {
        network: 'telegram',
        id: '5521',
        roleIds: [],
        language: 'zh-hans',
        isAnonymous: false,
      },
      intent: { kind: 'command', line: '/liq btc  account=bybit-a' },
    });
  });

  test.each([
    { why: 'addressed to us', text: '/liq@Plimsoll_Bot BTC', line: '/liq BTC' },
    { why: 'ours, not addressed', text: '/liq', line: '/liq' },
    { why: 'a word with a slash of another bot', text: '/weather', line: null },
    {
      why: 'unknown, but addressed to us: the core says what is near',
      text: '/lik@plimsoll_bot',
      line: '/lik',
    },
    { why: 'addressed to somebody else', text: '/liq@other_bot', line: null },
    { why: 'start of another bot', text: '/start', line: null },
    { why: 'start with us', text: '/start@plimsoll_bot', line: '/help' },
    { why: 'talk', text: 'what about /liq', line: null },
    { why: 'a path', text: '/liq/now', line: null },
    { why: 'the slash of a Chinese keyboard', text: '／liq', line: '/liq' },
  ])('in a group: $why', async ({ text, line }) => {
    const { telegram, events, nextEvent } = await open();
    const alice = telegram.person({ id: 7 });
    const chat = telegram.chat(GROUP);
    alice.type(text, { chat });
    alice.type('/help', { chat });
    await expect
      .poll(() => events.at(-1)?.intent, { interval: 1 })
      .toEqual({ kind: 'command', line: '/help' });
    const heard = (await nextEvent()).intent;
    if (line === null) expect(events).toHaveLength(1);
    else expect(heard).toEqual({ kind: 'command', line });
  });

  test('edited and forwarded messages are nobody’s command', async () => {
    const { telegram, events } = await open();
    const alice = telegram.person({ id: 7 });
    const update = alice.type('/help');
    telegram.push({ edited_message: update['message'] });
    alice.type('/liq', {
      extra: { forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'x' } },
    });
    alice.type('/liq last');
    await expect.poll(() => events.length, { interval: 1 }).toBe(2);
    expect(events.map(({ intent }) => intent)).toEqual([
      { kind: 'command', line: '/help' },
      { kind: 'command', line: '/liq last' },
    ]);
  });

  test('anonymous admins and channels are nobody', async () => {
    const { telegram, nextEvent } = await open();
    const chat = telegram.chat(GROUP);
    const anonymous = {
      id: 1087968824,
      is_bot: true,
      first_name: 'Group',
      username: 'GroupAnonymousBot',
    };
    const message = { message_id: 9, date: 1_700_000_000, chat, text: '/liq' };
    telegram.push({ message: { ...message, from: anonymous, sender_chat: chat } });
    expect((await nextEvent()).person).toMatchObject({ isAnonymous: true });
    const linked = { id: 777000, is_bot: false, first_name: 'Telegram' };
    const channel = { id: -100900, type: 'channel', title: 'News' };
    telegram.push({
      message: { ...message, from: linked, sender_chat: channel, is_automatic_forward: true },
    });
    expect((await nextEvent()).person).toMatchObject({ isAnonymous: true });
    telegram.push({ message });
    expect((await nextEvent()).person).toMatchObject({ isAnonymous: true, language: null });
  });

  test('a topic is part of the place, a chain of replies is not', async () => {
    const { telegram, nextEvent } = await open();
    const alice = telegram.person({ id: 7 });
    alice.type('/liq', { chat: telegram.chat(FORUM), topic: 12 });
    const event = await nextEvent();
    expect(event.place).toMatchObject({ chat: '-100300', topic: '12', isPrivate: false });
    await event.answer.show(view());
    expect(telegram.asked('sendMessage')[0]?.fields).toMatchObject({ message_thread_id: 12 });
    alice.type('/liq', { chat: telegram.chat(GROUP), extra: { message_thread_id: 5 } });
    expect((await nextEvent()).place.topic).toBeNull();
  });

  test('one chat waits for its own slow command, another does not, a button never does', async () => {
    const gate = Promise.withResolvers<void>();
    const { telegram, events, nextEvent } = await open({
      onEvent: ({ intent }) =>
        intent.kind === 'command' && intent.line === '/liq' ? gate.promise : undefined,
    });
    const [alice, bob] = [telegram.person({ id: 7 }), telegram.person({ id: 8 })];
    alice.type('/help');
    await (await nextEvent()).answer.show(view({ buttons: refresh }));
    alice.type('/liq');
    alice.type('/help');
    bob.type('/help');
    alice.click('Refresh');
    const heard = () => events.map(({ place, intent }) => `${place.chat} ${intent.kind}`);
    const soon = ['7 command', '7 command', '8 command', '7 button'];
    await expect.poll(heard, { interval: 1 }).toEqual(soon);
    gate.resolve();
    await expect.poll(heard, { interval: 1 }).toEqual([...soon, '7 command']);
  });

  test('an event that goes wrong ends there', async () => {
    const { telegram, logged, nextEvent } = await open({
      onEvent: ({ intent }) => {
        if (intent.kind === 'command' && intent.line === '/liq') throw new Error('a bug');
      },
    });
    const alice = telegram.person({ id: 7 });
    alice.type('/liq');
    await nextEvent();
    alice.type('/help');
    await nextEvent();
    expect(logged.join()).toContain('telegram update failed');
  });
});

describe('buttons', () => {
  test('the token comes back, for the person who presses, and the spinner ends', async () => {
    const { telegram, events, nextEvent } = await open();
    const chat = telegram.chat(GROUP);
    telegram.person({ id: 7 }).type('/liq', { chat });
    await (await nextEvent()).answer.show(view({ buttons: refresh }));
    const query = telegram.person({ id: 8, language: 'en' }).click('Refresh', { chat });
    const event = await nextEvent();
    expect(event).toMatchObject({
      place: { chat: '-100200', isPrivate: false },
      person: { id: '8', language: 'en', isAnonymous: false },
      intent: { kind: 'button', token: 'v1.abcdefghijklmnopqrstuv', value: null },
    });
    await telegram.until(() => query.answer);
    expect(query.answer).toEqual({ text: null, showAlert: false });
    expect(events).toHaveLength(2);
  });

  test('a whisper is an alert of at most 200 characters, once; then a short reply', async () => {
    const { telegram, nextEvent } = await open({
      onEvent: async ({ intent, answer }) => {
        if (intent.kind !== 'button') return;
        await answer.whisper(`No. ${'x'.repeat(300)}`);
        await answer.whisper('And again no, @alice.');
      },
    });
    const alice = telegram.person({ id: 7 });
    alice.type('/liq');
    await (await nextEvent()).answer.show(view({ buttons: refresh }));
    const query = alice.click('Refresh');
    await telegram.until(() => telegram.shown(alice.privateChat).length === 2);
    expect(query.answer?.showAlert).toBe(true);
    expect(query.answer?.text).toHaveLength(200);
    const [, reply] = telegram.shown(alice.privateChat);
    expect(reply?.text).toBe('And again no, @\u2060alice.');
    expect(reply?.entities).toEqual([]);
  });

  test('a press on a card too old to touch is answered with a new message', async () => {
    const { telegram, nextEvent } = await open();
    const alice = telegram.person({ id: 7 });
    alice.type('/liq');
    await (await nextEvent()).answer.show(view({ buttons: refresh }));
    alice.click('Refresh', { isInaccessible: true });
    expect(await (await nextEvent()).answer.show(view())).toMatchObject({ kind: 'delivered' });
    expect(telegram.asked('editMessageText')).toEqual([]);
    expect(telegram.shown(alice.privateChat)).toHaveLength(2);
  });

  test('a query without a message or data is answered and no event', async () => {
    const { telegram, events } = await open();
    const from = { id: 7, is_bot: false, first_name: 'a' };
    telegram.push({
      callback_query: { id: 'q0', from, chat_instance: 'x', inline_message_id: 'i', data: 'd' },
    });
    await telegram.until(() => telegram.asked('answerCallbackQuery').length === 1);
    expect(events).toEqual([]);
  });
});
