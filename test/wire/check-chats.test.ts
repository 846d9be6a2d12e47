import { afterEach, expect, test } from 'vitest';
import { examineChats } from '../../src/app/examine-chats.ts';
import { createTranslate } from '../../src/replies/translate.ts';
import { checkChats } from '../../src/wire/check-chats.ts';
import { startFakeDiscord } from '../fakes/fake-discord/start-fake-discord.ts';
import { startFakeTelegram } from '../fakes/fake-telegram/start-fake-telegram.ts';
import { systemTime } from '../fakes/system-time.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** The doctor's rows and notes about two platforms with one named chat each. */
async function check(change: { readonly token?: string } = {}) {
  const discord = await startFakeDiscord();
  const telegram = await startFakeTelegram(systemTime());
  closing.push(discord.close, telegram.close);
  const channel = discord.channel();
  telegram.chat({ id: -1001, type: 'supergroup', title: 'risk' });
  const { application, guild, apiUrl, token } = discord;
  const checks = await checkChats({
    destinations: [{ id: 'room', discord: { channel } }],
    chat: {
      discord: { application, guild, apiUrl, token, roles: {}, ...change },
      telegram: { token: telegram.token, apiRoot: telegram.apiRoot, webhook: null, ...change },
      chats: { discord: [channel], telegram: ['-1001'] },
    },
  });
  const writes = [
    ...discord.world.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path),
    ...telegram.requests.map(({ method }) => method).filter((method) => !method.startsWith('get')),
  ];
  const { table, notes } = examineChats(checks, createTranslate('zh-CN'));
  return {
    rows: table?.rows.map((row) => row.map(({ text }) => text)),
    notes: notes.map(({ text }) => text),
    ...{ writes, channel },
  };
}

test('both platforms and both chats are fine, and nothing is written or changed', async () => {
  const { rows, notes, writes, channel } = await check();
  expect(rows).toEqual([
    ['discord', '正常'],
    [`discord ${channel}`, '正常'],
    ['telegram', '正常'],
    ['telegram -1001', '正常'],
  ]);
  expect({ notes, writes }).toEqual({ notes: [], writes: [] });
});

test('a refused token is said once for each platform, without the token', async () => {
  const { rows, notes } = await check({ token: '123:secret' });
  expect(rows).toEqual([
    ['discord', '令牌被拒'],
    ['telegram', '令牌被拒'],
  ]);
  expect(notes).toEqual([
    expect.stringContaining('discord 拒绝机器人令牌'),
    expect.stringContaining('telegram 拒绝机器人令牌'),
  ]);
  expect(notes.join()).not.toContain('secret');
});

test('a platform that is not configured is not asked', async () => {
  const chats = { discord: [], telegram: [] };
  expect(
    await checkChats({ destinations: [], chat: { discord: null, telegram: null, chats } }),
  ).toEqual([]);
});
