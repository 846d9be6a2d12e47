import { expect, onTestFinished, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { checkRequests, hasBotApi } from './check-requests.ts';
import { FAULTS, tooMany } from './faults.ts';
import { type RecordedRequest, startFakeTelegram } from './start-fake-telegram.ts';

async function opened() {
  const clock = fakeClock();
  const telegram = await startFakeTelegram(clock);
  onTestFinished(() => telegram.close());
  const ask = async (method: string, fields: object = {}, token = telegram.token) => {
    const response = await fetch(`${telegram.apiRoot}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    });
    const body = (await response.json()) as { description?: string; result?: unknown };
    return { status: response.status, ...body };
  };
  return { telegram, clock, ask, alice: telegram.person({ id: 7 }) };
}

test.each([
  { why: 'empty', text: ' ', says: 'message text is empty' },
  { why: 'too long', text: 'x'.repeat(4097), says: 'message is too long' },
  { why: 'a tag of no one', text: '<script>', says: "can't parse entities" },
  { why: 'crossed tags', text: '<b><i>x</b></i>', says: "can't parse entities" },
  { why: 'an open tag', text: '<b>x', says: "can't parse entities" },
  {
    why: 'a time without a time',
    text: '<tg-time unix="x">x</tg-time>',
    says: "can't parse entities",
  },
])('refuses text that is $why', async ({ text, says }) => {
  const { ask } = await opened();
  const answer = await ask('sendMessage', { chat_id: 7, text, parse_mode: 'HTML' });
  expect(answer).toMatchObject({ status: 400, description: expect.stringContaining(says) });
});

test('refuses foreign tokens, strange methods, strangers, buttons with too much in them', async () => {
  const { ask } = await opened();
  const button = (data: string) => ({ inline_keyboard: [[{ text: 'x', callback_data: data }]] });
  const send = (reply_markup: object, chat_id = 7) =>
    ask('sendMessage', { chat_id, text: 'x', reply_markup });
  expect((await ask('getMe', {}, '1:no')).status).toBe(401);
  expect((await ask('inventMe')).status).toBe(404);
  expect((await send({}, 99)).description).toContain('chat not found');
  expect((await send(button('x'.repeat(65)))).description).toContain('BUTTON_DATA_INVALID');
  expect((await send(button('字'.repeat(22)))).description).toContain('BUTTON_DATA_INVALID');
  expect((await send(button('x'.repeat(64)))).status).toBe(200);
});

test('edits what is there and different, answers a query once and in time', async () => {
  const { telegram, clock, ask, alice } = await opened();
  const reply_markup = { inline_keyboard: [[{ text: 'Go', callback_data: 'v1.x' }]] };
  await ask('sendMessage', { chat_id: 7, text: '<b>a</b>', parse_mode: 'HTML', reply_markup });
  const edit = (text: string, message_id = 1) =>
    ask('editMessageText', { chat_id: 7, message_id, text, parse_mode: 'HTML', reply_markup });
  expect((await edit('<b>a</b>')).description).toContain('not modified');
  expect((await edit('a')).status).toBe(200);
  expect((await edit('a', 9)).description).toContain('message to edit not found');
  const [early, late] = [alice.click('Go'), alice.click('Go')];
  const answer = (id: string) => ask('answerCallbackQuery', { callback_query_id: id });
  expect((await answer(early.id)).status).toBe(200);
  expect((await answer(early.id)).description).toContain('query is too old');
  await clock.advance(15_001);
  expect((await answer(late.id)).description).toContain('query is too old');
  expect(telegram.violations).toEqual([]);
});

test('a poll waits, a newer one throws it out, an offset confirms', async () => {
  const { telegram, ask, alice } = await opened();
  const old = ask('getUpdates', { timeout: 30 });
  await telegram.until(() => telegram.asked('getUpdates').length === 1);
  const young = ask('getUpdates', { timeout: 30 });
  expect((await old).status).toBe(409);
  const update = alice.type('/liq');
  expect((await young).result).toEqual([update]);
  await ask('getUpdates', { offset: update.update_id + 1, timeout: 0 });
  expect(telegram.pending).toEqual([]);
});

test('an empty poll ends after its time', async () => {
  const { telegram, clock, ask } = await opened();
  const poll = ask('getUpdates', { timeout: 30 });
  await telegram.until(() => telegram.asked('getUpdates').length === 1);
  await clock.advance(30_000);
  expect((await poll).result).toEqual([]);
});

test('writing inside a pause is seen', async () => {
  const { telegram, clock, ask } = await opened();
  telegram.script('sendMessage', tooMany(1.5), FAULTS.badGateway);
  const send = () => ask('sendMessage', { chat_id: 7, text: 'x' });
  expect((await send()).status).toBe(429);
  await clock.advance(1499);
  await expect(send()).rejects.toThrow();
  await clock.advance(1);
  await send();
  expect(telegram.violations).toEqual(['sendMessage to 7 1 ms before the end of its pause']);
});

test.skipIf(!hasBotApi)('requests that the description does not allow are named', () => {
  const check = (method: string, fields: Record<string, unknown>) =>
    checkRequests([{ method, fields, files: new Map(), at: 0 } satisfies RecordedRequest]);
  expect(check('sendMessage', { chat_id: '7', text: 'x' })).toEqual([]);
  expect(check('sendMassage', {})).toEqual(['sendMassage is not known']);
  expect(check('sendMessage', { chat_id: 7 })).toEqual(['sendMessage.text is missing']);
  expect(check('sendMessage', { chat_id: 7, text: 'x', colour: 1 })).toEqual([
    'sendMessage.colour is not known',
  ]);
  const button = { text: 'x', callback_data: 'x', size: 3 };
  expect(
    check('sendMessage', { chat_id: 7, text: 'x', reply_markup: { inline_keyboard: [[button]] } }),
  ).toEqual(['sendMessage.reply_markup.inline_keyboard[0][0].size is not known']);
  expect(check('sendPhoto', { chat_id: 7, photo: 4 })).not.toEqual([]);
  expect(
    check('editMessageMedia', {
      chat_id: 7,
      message_id: 1,
      media: { type: 'photo', media: 'attach://x' },
    }),
  ).toEqual([]);
});
