import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDiscord } from '../../../../src/adapters/chat/discord/check-discord.ts';
import {
  type FakeDiscord,
  startFakeDiscord,
} from '../../../fakes/fake-discord/start-fake-discord.ts';

let fake: FakeDiscord;
beforeEach(async () => {
  fake = await startFakeDiscord();
});
afterEach(() => fake.close());

const check = (more: Partial<Parameters<typeof checkDiscord>[0]> = {}) =>
  checkDiscord({ ...fake, channels: [], ...more });

test('a good token, its own application, its guild', async () => {
  expect(await check()).toEqual({
    credential: 'fine',
    isOwnApplication: true,
    isInGuild: true,
    channels: [],
  });
});

test.each([
  { why: 'a refused token', more: { token: 'x' }, says: { credential: 'refused' } },
  {
    why: 'nobody there',
    more: { apiUrl: 'http://127.0.0.1:1/api' },
    says: { credential: 'unreachable' },
  },
  { why: "another's application", more: { application: '1' }, says: { isOwnApplication: false } },
  { why: 'a guild without the bot', more: { guild: '1' }, says: { isInGuild: false } },
  { why: 'no guild', more: { guild: null }, says: { isInGuild: null } },
])('$why', async ({ more, says }) => {
  expect(await check(more)).toMatchObject(says);
});

describe('a channel', () => {
  const SEND = String(1n << 11n);
  const FILES = String(1n << 15n);
  test.each([
    { why: 'with every right', rules: [], state: 'fine', missing: [] },
    {
      why: 'closed to everybody',
      rules: [['guild', '0', SEND]],
      state: 'missing-rights',
      missing: ['Send Messages'],
    },
    {
      why: 'closed to everybody but the bot',
      rules: [
        ['guild', '0', SEND],
        ['bot', SEND, '0'],
      ],
      state: 'fine',
      missing: [],
    },
    {
      why: 'closed to the bot alone',
      rules: [['bot', '0', FILES]],
      state: 'missing-rights',
      missing: ['Attach Files'],
    },
  ] as const)('$why', async ({ rules, state, missing }) => {
    const id = fake.channel();
    const found = fake.world.channels.get(id);
    const idOf = { guild: fake.guild, bot: fake.world.bot };
    if (found) found.rules = rules.map(([who, allow, deny]) => ({ id: idOf[who], allow, deny }));
    expect((await check({ channels: [id] })).channels).toEqual([{ id, state, missing }]);
  });

  test.each([
    { fate: 'deleted', state: 'gone' },
    { fate: 'no-access', state: 'forbidden' },
  ] as const)('$fate is $state', async ({ fate, state }) => {
    const id = fake.channel();
    fake.fate(id, fate);
    expect((await check({ channels: [id] })).channels).toEqual([{ id, state, missing: [] }]);
  });

  test('of an administrator has every right', async () => {
    fake.world.everyone = 1n << 3n;
    const id = fake.channel();
    expect((await check({ channels: [id] })).channels[0]?.state).toBe('fine');
  });
});
