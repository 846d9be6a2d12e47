import { afterEach, describe, expect, test } from 'vitest';
import type { ChatView } from '../../../../src/ports/chat.ts';
import { checkRequests, hasBotApi } from '../../../fakes/fake-telegram/check-requests.ts';
import { FAULTS } from '../../../fakes/fake-telegram/faults.ts';
import type { FakeTelegram } from '../../../fakes/fake-telegram/start-fake-telegram.ts';
import { connected, picture, refresh, view } from './connected.ts';

let last: FakeTelegram | null = null;
const open = async () => {
  const all = await connected();
  last = all.telegram;
  const alice = all.telegram.person({ id: 7 });
  alice.type('/liq');
  const { answer } = await all.nextEvent();
  return { ...all, alice, answer, chat: alice.privateChat };
};
afterEach(() => {
  expect(last?.violations).toEqual([]);
  if (hasBotApi) expect(checkRequests(last?.requests ?? [])).toEqual([]);
});

const long = (title: string): ChatView => {
  const { reply, ...rest } = view({ title });
  return { ...rest, reply: { ...reply, paragraphs: ['word '.repeat(400)] } };
};

describe('one answer', () => {
  test('text first, then the same message edited; the same again is no fault', async () => {
    const { telegram, answer, chat } = await open();
    const first = await answer.show(view({ title: 'Reading', buttons: refresh }));
    const second = await answer.show(view({ title: 'Ready' }));
    expect(await answer.show(view({ title: 'Ready' }))).toEqual(second);
    expect(second).toEqual(first);
    const [message, ...others] = telegram.shown(chat);
    expect(others).toEqual([]);
    expect(message?.text).toBe('Ready\nas of 22:13:20 UTC');
    expect(message?.buttons).toEqual([]);
    expect(telegram.asked('sendMessage')[0]?.fields).toMatchObject({
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    });
  });

  test('typing is shown at once, once, and nobody waits for it', async () => {
    const { telegram, answer } = await open();
    await answer.acknowledge('public');
    await answer.acknowledge('public');
    await answer.show(view());
    await telegram.until(() => telegram.asked('sendChatAction').length > 0);
    expect(telegram.asked('sendChatAction')).toHaveLength(1);
  });

  test('in a group it replies to whoever asked, in the topic', async () => {
    const { telegram, nextEvent } = await open();
    const chat = telegram.chat({ id: -5, type: 'supergroup', title: 'Desk', is_forum: true });
    telegram.person({ id: 9 }).type('/liq', { chat, topic: 3 });
    const event = await nextEvent();
    await event.answer.show(view());
    expect(telegram.shown(chat)[0]).toMatchObject({ reply_to: 1, message_thread_id: 3 });
    await event.answer.whisper(`No such asset. ${'x'.repeat(1000)}`);
    expect(telegram.shown(chat)[1]?.text?.length).toBeLessThanOrEqual(300);
  });

  test('styles of buttons', async () => {
    const { telegram, answer, chat } = await open();
    const token = 'v1.t';
    await answer.show(
      view({
        buttons: [
          [{ token, label: 'Confirm', style: 'danger' }],
          [],
          [
            { token, label: 'Good', style: 'success' },
            { token, label: 'Cancel', style: 'plain' },
          ],
        ],
      }),
    );
    expect(telegram.shown(chat)[0]?.buttons).toEqual([
      [{ text: 'Confirm', callback_data: token, style: 'danger' }],
      [
        { text: 'Good', callback_data: token, style: 'success' },
        { text: 'Cancel', callback_data: token },
      ],
    ]);
  });
});

describe('pictures', () => {
  const shot = (title: string, seed: number) =>
    view({ title, picture: picture(seed), buttons: refresh });

  test('a short text is the caption; a press changes both', async () => {
    const { telegram, answer, alice, chat, nextEvent } = await open();
    await answer.show(shot('One', 1));
    alice.click('Refresh');
    await (await nextEvent()).answer.show(shot('Two', 2));
    const [message, ...others] = telegram.shown(chat);
    expect(others).toEqual([]);
    expect(message?.caption).toBe('Two\nas of 22:13:20 UTC');
    expect(message?.photo?.[0]?.file_id).toContain('02');
    expect(message?.buttons).toHaveLength(1);
    expect(telegram.asked('sendPhoto')[0]?.files.size).toBe(1);
  });

  test('a text turns into a photo when the picture is ready', async () => {
    const { telegram, answer, chat } = await open();
    await answer.show(view({ title: 'Reading' }));
    await answer.show(shot('Ready', 1));
    expect(telegram.shown(chat)).toHaveLength(1);
    expect(telegram.shown(chat)[0]).toMatchObject({ caption: expect.stringContaining('Ready') });
  });

  test('a long text stands alone and its picture follows; a press changes both in place', async () => {
    const { telegram, clock, answer, alice, chat, nextEvent } = await open();
    const both = (title: string, seed: number) => ({
      ...long(title),
      picture: picture(seed),
      buttons: refresh,
    });
    await answer.show(both('One', 1));
    expect(telegram.shown(chat).map(({ text, caption }) => (text ?? caption)?.slice(0, 3))).toEqual(
      ['One', 'One'],
    );
    await clock.advance(3000);
    alice.click('Refresh');
    await (await nextEvent()).answer.show(both('Two', 2));
    expect(telegram.shown(chat).map(({ text, caption }) => (text ?? caption)?.slice(0, 3))).toEqual(
      ['Two', 'Two'],
    );
    expect(telegram.shown(chat)[1]?.photo?.[0]?.file_id).toContain('02');
    await clock.advance(3000);
    alice.click('Refresh');
    await (await nextEvent()).answer.show({ ...long('Three'), buttons: refresh });
    expect(telegram.shown(chat).map(({ text }) => text?.slice(0, 5))).toEqual(['Three']);
  });

  test('a page without a picture takes the place of the photo: no old picture under new figures', async () => {
    const { telegram, answer, alice, chat, nextEvent } = await open();
    await answer.show(shot('One', 1));
    alice.click('Refresh');
    await (await nextEvent()).answer.show(view({ title: 'Page 2' }));
    expect(telegram.shown(chat).map(({ text }) => text?.slice(0, 6))).toEqual(['Page 2']);
    expect(telegram.shown(chat)[0]?.photo).toBeUndefined();
  });

  test.each([
    { why: 'refused by Telegram', png: picture(1), faults: [FAULTS.picture] },
    { why: 'no PNG at all', png: { png: new Uint8Array(40), alt: '' }, faults: [] },
    { why: 'sides together over 10,000', png: picture(1, [9000, 1001]), faults: [] },
    { why: 'ratio over 20', png: picture(1, [2001, 100]), faults: [] },
  ])('$why: the text goes alone', async ({ png, faults }) => {
    const { telegram, answer, chat } = await open();
    telegram.script('sendPhoto', ...faults);
    expect(await answer.show(view({ title: 'Only words', picture: png }))).toMatchObject({
      kind: 'delivered',
    });
    expect(telegram.shown(chat).map(({ text }) => text?.slice(0, 10))).toEqual(['Only words']);
  });

  test('sides exactly at the limit are fine', async () => {
    const { telegram, answer } = await open();
    await answer.show(view({ picture: picture(1, [9000, 1000]) }));
    await answer.show(view({ picture: picture(2, [2000, 100]) }));
    expect(telegram.asked('editMessageMedia')).toHaveLength(1);
  });
});

describe('cards that are gone', () => {
  test('a deleted card: the answer comes anew', async () => {
    const { telegram, answer, alice, chat, nextEvent } = await open();
    await answer.show(view({ title: 'One', buttons: refresh }));
    alice.click('Refresh');
    const event = await nextEvent();
    telegram.world.rooms.get(7)?.messages.clear();
    expect(await event.answer.show(view({ title: 'Two' }))).toMatchObject({ kind: 'delivered' });
    expect(telegram.shown(chat)).toHaveLength(1);
  });

  test('markup refused: the same words go plain, once', async () => {
    const { telegram, answer, chat, logged } = await open();
    telegram.script('sendMessage', FAULTS.markup);
    expect(await answer.show(view({ title: 'A < B' }))).toMatchObject({ kind: 'delivered' });
    expect(telegram.shown(chat)[0]?.text).toBe('A < B\nas of 22:13:20 UTC');
    expect(telegram.asked('sendMessage')[1]?.fields).not.toHaveProperty('parse_mode');
    expect(logged.join()).toContain('markup');
    telegram.script('editMessageText', FAULTS.markup, FAULTS.markup);
    expect(await answer.show(view({ title: 'C' }))).toEqual({ kind: 'dead', reason: 'refused' });
  });
});
