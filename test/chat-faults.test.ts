import { afterAll, beforeAll, expect, test } from 'vitest';
import { discordSeat, telegramSeat } from './fakes/chat-seat.ts';
import { type ChatWorld, startChatWorld } from './fakes/chat-world.ts';
import { FAULTS } from './fakes/fake-telegram/faults.ts';

/** What must hold in the program as a whole; each adapter's own faults are tested beside it. */
const CHANNEL = '700000000000000001';
const GROUP = { id: -1001, type: 'group', title: 'risk' } as const;
const ANN = { discord: '800000000000000001', telegram: 8001 };
let world: ChatWorld;

beforeAll(async () => {
  world = await startChatWorld({
    setup: {
      isDemo: false,
      people: [{ ...ANN, id: 'ann', telegram: String(ANN.telegram), roles: ['trader'] }],
      chat: {
        ...{ discord: null, telegram: null },
        chats: { discord: [CHANNEL], telegram: [String(GROUP.id)] },
      },
    },
    dispatch: (real) => async (request) => {
      if (request.line === '/help') throw new Error('a defect of ours');
      return real(request);
    },
  });
  world.discord.world.channels.set(CHANNEL, { isPrivate: false, fate: 'fine', rules: [] });
}, 60_000);
afterAll(() => world.close());

const onDiscord = () => discordSeat(world.discord, { id: ANN.discord, channel: CHANNEL });
const onTelegram = () => telegramSeat(world.telegram, { id: ANN.telegram });
const inGroup = (chat = world.telegram.chat(GROUP)) =>
  telegramSeat(world.telegram, { id: ANN.telegram, chat });
const lines = () => world.dispatched.map(({ line }) => line);

test('a defect in one answer ends that answer, and the next is given', async () => {
  const ends = process.listenerCount('uncaughtException');
  world.discord.user({ id: ANN.discord, channel: CHANNEL }).slash('/help');
  world.telegram.person({ id: ANN.telegram }).type('/help');
  expect((await onDiscord().type('/whoami')).text).toContain('ann');
  expect((await onTelegram().type('/whoami')).text).toContain('ann');
  expect(process.listenerCount('uncaughtException')).toBe(ends);
});

test('an update that is delivered twice is answered once', async () => {
  const before = lines().length;
  const person = world.telegram.person({ id: ANN.telegram });
  const shown = () => world.telegram.shown(person.privateChat).length;
  const shownBefore = shown();
  world.telegram.push(person.type('/status'));
  await world.telegram.until(() => shown() > shownBefore);
  await onTelegram().type('/whoami');
  expect(lines().slice(before)).toEqual(['/status', '/whoami']);
});

test('what was typed while nobody listened, or a minute ago, is not carried out', async () => {
  const person = world.telegram.person({ id: ANN.telegram });
  const before = lines().length;
  await world.restart(() => person.type('/exposure'));
  const longAgo = Math.floor(world.clock.now() / 1000) - 61;
  person.type('/margin', { extra: { date: longAgo } });
  await onTelegram().type('/whoami');
  expect(lines().slice(before)).toEqual(['/whoami']);
});

test('a group that moved is served under its new id, after a restart too', async () => {
  await inGroup().type('/whoami');
  const supergroup = world.telegram.migrate(world.telegram.chat(GROUP), -1_000_000_001);
  world.telegram.push({
    message: {
      ...{ message_id: 99, date: Math.floor(world.clock.now() / 1000), chat: GROUP },
      migrate_to_chat_id: supergroup.id,
    },
  });
  expect((await inGroup(supergroup).type('/whoami')).text).toContain('ann');
  await world.restart();
  expect((await inGroup(supergroup).type('/whoami')).text).toContain('ann');
});

test('a second program with the same token is seen in /status on the other network', async () => {
  world.telegram.script('getUpdates', FAULTS.conflict);
  // Ends the poll that is held; the next one meets the other program.
  world.telegram.person({ id: 1 }).type('hello');
  await until(() => stateOf('telegram') === 'connecting');
  expect((await onDiscord().type('/status')).text).toMatch(/telegram .*connecting/);
  await world.restart();
  expect(stateOf('telegram')).toBe('connected');
});

test('a lost Telegram token is said in Discord unasked, once, and in its /status', async () => {
  world.telegram.script('getUpdates', FAULTS.unauthorized);
  world.telegram.person({ id: 1 }).type('hello');
  await until(() => onDiscord().wall().includes('telegram refuses the bot token'));
  expect((await onDiscord().type('/status')).text).toMatch(/telegram .*TOKEN LOST/);
  await world.restart();
});

test('a lost Discord token is said in Telegram unasked, once, and in its /status', async () => {
  const moved = world.telegram.chat({ ...GROUP, id: -1_000_000_001 });
  world.discord.refuseToken();
  world.discord.gateway.closeWith(4004);
  await world.telegram.until(() => inGroup(moved).wall().includes('discord refuses the bot token'));
  const { text } = await onTelegram().type('/status');
  expect(text).toMatch(/discord .*TOKEN LOST/);
  expect(
    inGroup(moved)
      .wall()
      .match(/discord refuses/g),
  ).toHaveLength(1);
});

const stateOf = (network: string) =>
  world
    .gateways()
    .find((gateway) => gateway.network === network)
    ?.state().kind;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await world.clock.after(20);
}
