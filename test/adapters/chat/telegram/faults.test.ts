import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChatPlace } from '../../../../src/ports/chat.ts';
import { checkRequests, hasBotApi } from '../../../fakes/fake-telegram/check-requests.ts';
import { FAULTS, tooMany } from '../../../fakes/fake-telegram/faults.ts';
import type { FakeTelegram } from '../../../fakes/fake-telegram/start-fake-telegram.ts';
import { connected, view } from './connected.ts';

let last: FakeTelegram | null = null;
const open = async () => {
  const all = await connected();
  last = all.telegram;
  const alice = all.telegram.person({ id: 7 });
  return { ...all, alice, chat: alice.privateChat };
};
afterEach(() => {
  expect(last?.violations).toEqual([]);
  if (hasBotApi) expect(checkRequests(last?.requests ?? [])).toEqual([]);
});

const PRIVATE: ChatPlace = { network: 'telegram', chat: '7', topic: null, isPrivate: true };
const placeOf = (chat: number): ChatPlace => ({ ...PRIVATE, chat: String(chat) });

describe('a pause that Telegram asks for', () => {
  test.each([
    { why: 'whole seconds', seconds: 3, ms: 3000 },
    { why: 'a fraction, rounded up to the millisecond', seconds: 1.0005, ms: 1001 },
    { why: 'missing: our own guess', seconds: null, ms: 5000 },
  ])('$why', async ({ seconds, ms }) => {
    const { telegram, gateway, clock, chat } = await open();
    telegram.script('sendMessage', tooMany(seconds), tooMany(seconds));
    const sent = gateway.send(PRIVATE, view(), 'a1');
    await clock.untilAsked(ms);
    await clock.advance(ms - 1);
    expect(telegram.asked('sendMessage')).toHaveLength(1);
    await clock.advance(1);
    await clock.untilAsked(ms);
    await clock.advance(ms);
    expect(await sent).toMatchObject({ kind: 'delivered' });
    expect(telegram.asked('sendMessage')).toHaveLength(3);
    expect(telegram.shown(chat)).toHaveLength(1);
  });

  test('another chat goes on; when it is refused too, the pause is everybody’s', async () => {
    const { telegram, gateway, clock } = await open();
    for (const id of [8, 9]) telegram.person({ id });
    telegram.script('sendMessage', tooMany(10), tooMany(4));
    const first = gateway.send(PRIVATE, view(), 'a1');
    await clock.untilAsked(10_000);
    const second = gateway.send(placeOf(8), view(), 'a2');
    await clock.untilAsked(4000);
    const third = gateway.send(placeOf(9), view(), 'a3');
    await clock.untilAsked(4000);
    await clock.advance(4000);
    await clock.untilAsked(6000);
    await clock.advance(6000);
    for (const sent of [first, second, third])
      expect(await sent).toMatchObject({ kind: 'delivered' });
    const times = telegram.asked('sendMessage').map(({ at }) => at - (clock.now() - 10_000));
    expect(times.filter((at) => at > 0 && at < 10_000)).toEqual([]);
  });

  test('nothing is lost of twenty alerts, each comes once, in order', async () => {
    const { telegram, gateway, clock, chat } = await open();
    telegram.script('sendMessage', tooMany(2), tooMany(0.5));
    const titles = Array.from({ length: 20 }, (_, index) => `Alert ${index}`);
    const sent = Promise.all(titles.map((title) => gateway.send(PRIVATE, view({ title }), title)));
    const all = telegram.until(() => telegram.shown(chat).length === titles.length);
    let isDone = false;
    void all.then(() => {
      isDone = true;
    });
    while (!isDone) {
      await clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const outcome of await sent) expect(outcome).toMatchObject({ kind: 'delivered' });
    expect(telegram.shown(chat).map(({ text }) => text?.split('\n')[0])).toEqual(titles);
  });

  test('a courtesy that is refused pauses the chat for everything', async () => {
    const { telegram, clock, alice, nextEvent } = await open();
    telegram.script('sendChatAction', tooMany(7));
    alice.type('/liq');
    const { answer } = await nextEvent();
    await answer.acknowledge('public');
    await telegram.until(() => telegram.asked('sendChatAction').length === 1);
    // The refusal reaches the client within a few turns of the loop; nothing outside shows when.
    for (let turn = 0; turn < 100; turn += 1) await new Promise((next) => setImmediate(next));
    const shown = answer.show(view());
    await clock.untilAsked(7000);
    await clock.advance(7000);
    expect(await shown).toMatchObject({ kind: 'delivered' });
  });
});

describe('nobody knows whether it arrived', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    { why: 'an error of the server', fault: FAULTS.serverError },
    { why: 'a proxy’s page', fault: FAULTS.badGateway },
    { why: 'the answer got lost', fault: FAULTS.lostAnswer },
  ])('$why: not sent again', async ({ fault }) => {
    const { telegram, gateway } = await open();
    telegram.script('sendMessage', fault);
    expect(await gateway.send(PRIVATE, view(), 'a1')).toEqual({ kind: 'unknown' });
    expect(telegram.asked('sendMessage')).toHaveLength(1);
  });

  test('no answer for 25 s is given up, and the next message goes', async () => {
    const { telegram, gateway } = await open();
    telegram.script('sendMessage', FAULTS.hang);
    const sent = gateway.send(PRIVATE, view(), 'a1');
    await telegram.until(() => telegram.asked('sendMessage').length === 1);
    await vi.advanceTimersByTimeAsync(24_999);
    const next = gateway.send(PRIVATE, view(), 'a2');
    expect(telegram.asked('sendMessage')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await sent).toEqual({ kind: 'unknown' });
    expect(await next).toMatchObject({ kind: 'delivered' });
  });

  test('an edit may be repeated: twice the same is once', async () => {
    const { telegram, clock, alice, chat, nextEvent } = await open();
    alice.type('/liq');
    const { answer } = await nextEvent();
    await answer.show(view({ title: 'One' }));
    telegram.script('editMessageText', FAULTS.lostAnswer);
    const shown = answer.show(view({ title: 'Two' }));
    await clock.untilAsked(1000);
    await clock.advance(1000);
    expect(await shown).toMatchObject({ kind: 'delivered' });
    expect(telegram.asked('editMessageText')).toHaveLength(2);
    expect(telegram.shown(chat)[0]?.text).toContain('Two');
  });
});

test('what never left may go again', async () => {
  const { telegram, gateway, clock } = await open();
  await telegram.close();
  const sent = gateway.send(PRIVATE, view(), 'a1');
  for (let attempt = 1; attempt < 6; attempt += 1) {
    await clock.untilAsked(3000);
    await clock.advance(3000);
  }
  expect(await sent).toEqual({ kind: 'retry', retryAfterMs: 3000, scope: 'network' });
});

describe('what will never arrive', () => {
  test.each([
    {
      why: 'blocked by the person',
      code: 403,
      text: 'Forbidden: bot was blocked by the user',
      reason: 'blocked',
    },
    {
      why: 'the account is gone',
      code: 403,
      text: 'Forbidden: user is deactivated',
      reason: 'blocked',
    },
    {
      why: 'kicked',
      code: 403,
      text: 'Forbidden: bot was kicked from the supergroup chat',
      reason: 'forbidden',
    },
    {
      why: 'not a member',
      code: 403,
      text: 'Forbidden: bot is not a member of the channel chat',
      reason: 'forbidden',
    },
    {
      why: 'never started',
      code: 403,
      text: "Forbidden: bot can't initiate conversation with a user",
      reason: 'forbidden',
    },
    { why: 'a 403 of tomorrow', code: 403, text: 'Forbidden: something new', reason: 'forbidden' },
    {
      why: 'may not write',
      code: 400,
      text: 'Bad Request: not enough rights to send text messages to the chat',
      reason: 'forbidden',
    },
    { why: 'topic closed', code: 400, text: 'Bad Request: TOPIC_CLOSED', reason: 'forbidden' },
    {
      why: 'topic deleted',
      code: 400,
      text: 'Bad Request: message thread not found',
      reason: 'gone',
    },
    {
      why: 'chat deleted',
      code: 403,
      text: 'Forbidden: the group chat was deleted',
      reason: 'gone',
    },
    { why: 'no such chat', code: 400, text: 'Bad Request: chat not found', reason: 'gone' },
    { why: 'a 400 of tomorrow', code: 400, text: 'Bad Request: something new', reason: 'refused' },
  ])('$why', async ({ code, text, reason }) => {
    const { telegram, gateway, chat } = await open();
    telegram.shut(chat, code, text);
    expect(await gateway.send(PRIVATE, view(), 'a1')).toEqual({ kind: 'dead', reason });
    expect(telegram.asked('sendMessage')).toHaveLength(1);
    expect(gateway.state().kind).toBe('connected');
  });

  test('a token refused while sending is lost for everything', async () => {
    const { telegram, gateway } = await open();
    telegram.script('sendMessage', FAULTS.unauthorized);
    const lost = { kind: 'dead', reason: 'credential-lost' };
    expect(await gateway.send(PRIVATE, view(), 'a1')).toEqual(lost);
    expect(gateway.state().kind).toBe('credential-lost');
    expect(await gateway.send(PRIVATE, view(), 'a2')).toEqual(lost);
    expect(telegram.asked('sendMessage')).toHaveLength(1);
  });
});

describe('a group that becomes a supergroup', () => {
  const GROUP = { id: -44, type: 'group', title: 'Desk' } as const;
  const place: ChatPlace = { ...PRIVATE, chat: '-44', isPrivate: false };

  test('a send learns it and says so; the next one goes to the new id by itself', async () => {
    const { telegram, gateway, moved } = await open();
    telegram.chat(GROUP);
    const now = telegram.migrate(GROUP, -1001);
    expect(await gateway.send(place, view(), 'a1')).toEqual({ kind: 'moved', chat: '-1001' });
    expect(await gateway.send(place, view(), 'a1')).toMatchObject({ kind: 'delivered' });
    expect(telegram.shown(now)).toHaveLength(1);
    expect(moved).toEqual([['-44', '-1001']]);
  });

  test('an answer on its way follows', async () => {
    const { telegram, alice, moved, nextEvent } = await open();
    const chat = telegram.chat(GROUP);
    alice.type('/liq', { chat });
    const { answer } = await nextEvent();
    await answer.show(view({ title: 'One' }));
    const now = telegram.migrate(GROUP, -1001);
    expect(await answer.show(view({ title: 'Two' }))).toMatchObject({ kind: 'delivered' });
    expect(telegram.shown(now).map(({ text }) => text?.slice(0, 3))).toEqual(['Two']);
    expect(moved).toEqual([['-44', '-1001']]);
  });

  test('the service messages of both sides tell it once', async () => {
    const { telegram, alice, moved, nextEvent } = await open();
    const chat = telegram.chat(GROUP);
    const from = { id: 7, is_bot: false, first_name: 'a' };
    const base = { message_id: 3, date: 1_700_000_000, from };
    telegram.push({ message: { ...base, chat, migrate_to_chat_id: -1001 } });
    telegram.push({
      message: {
        ...base,
        chat: { ...chat, id: -1001, type: 'supergroup' },
        migrate_from_chat_id: -44,
      },
    });
    alice.type('/liq');
    await nextEvent();
    expect(moved).toEqual([['-44', '-1001']]);
  });
});
