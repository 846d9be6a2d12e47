import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { ChatEvent } from '../../../../src/ports/chat.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import {
  createRequestValidator,
  hasDiscordSpec,
} from '../../../fakes/fake-discord/validate-requests.ts';
import type { RecordedRequest } from '../../../fakes/fake-discord/world.ts';
import { openDiscord, placeOf, REPLY, type TestWorld, viewOf } from './discord-world.ts';

let world: TestWorld;
const recorded: RecordedRequest[] = [];
afterEach(async () => {
  recorded.push(...world.fake.world.requests);
  await world.close();
});

const BUTTONS = [[{ token: 'v1.abc', label: 'Refresh', style: 'plain' }]] as const;
const PICTURE = { png: new Uint8Array([137, 80, 78, 71]), alt: 'Ladder: BTC 8.2%' };

/** Connected, with commands registered and somebody in a channel. */
async function open(onEvent: (event: ChatEvent) => Promise<unknown>, more = {}) {
  world = await openDiscord({
    onEvent: async (event) => {
      await onEvent(event);
    },
    ...more,
  });
  const { fake } = world;
  await fake.world.until('commands', () => fake.world.commands.length > 0);
  const channel = fake.channel();
  return { fake, channel, user: fake.user({ channel, roles: ['111111111111111111'] }) };
}

const answerWith =
  (view = viewOf()) =>
  async (event: ChatEvent) => {
    await event.answer.acknowledge('public');
    return event.answer.show(view);
  };

describe('registering', () => {
  test('localised, required options first', async () => {
    const { fake } = await open(answerWith());
    const [liq] = fake.world.commands;
    expect(liq?.options?.map(({ name, required }) => [name, required])).toEqual([
      ['account', true],
      ['asset', false],
    ]);
    expect(liq?.description_localizations).toEqual({ 'zh-CN': '按强平距离排列的持仓' });
  });

  test('only when the definition changes, as Discord counts', async () => {
    const { fake } = await open(answerWith());
    const hash = await vi.waitUntil(() => [...world.hashes.values()][0]);
    await world.gateway.close();
    const puts = () => fake.world.requests.filter(({ method }) => method === 'PUT').length;
    const kept = { get: () => hash, set: () => {} };
    const same = await openDiscord({ fake, registeredHash: kept });
    await same.gateway.close();
    world = await openDiscord({ fake, commands: [], registeredHash: kept });
    await fake.world.until('the change', () => fake.world.commands.length === 0);
    expect(puts()).toBe(2);
  });

  test('globally with private chats when no guild is named', async () => {
    world = await openDiscord({ guild: null });
    const { fake } = world;
    await fake.world.until('commands', () => fake.world.commands.length > 0);
    expect(fake.world.requests.find(({ method }) => method === 'PUT')?.body).toMatchObject([
      { name: 'liq', contexts: [0, 1] },
      { name: 'help' },
    ]);
  });
});

describe('a slash command', () => {
  test('becomes a line, deferred at once and answered by an edit', async () => {
    const { fake, channel, user } = await open(
      answerWith(viewOf({ picture: PICTURE, buttons: BUTTONS })),
    );
    const asked = user.slash('liq', { account: '量化 A', asset: 'BTC' });
    const message = await asked.reply();
    expect(world.events[0]).toMatchObject({
      id: asked.record.id,
      intent: { kind: 'command', line: '/liq account="量化 A" asset=BTC' },
      place: { network: 'discord', chat: channel, topic: null, isPrivate: false },
      person: {
        id: user.id,
        roleIds: ['111111111111111111'],
        language: 'en-US',
        isAnonymous: false,
      },
    });
    // Snowflakes tell the time: of when it happened, not of when we heard.
    expect(Math.abs((world.events[0]?.at ?? 0) - asked.record.at)).toBeLessThan(1000);
    expect(asked.record.acknowledged?.type).toBe(5);
    expect(message.content).toContain('🔴 **Liquidation** · Nearest **BTC long ab3c 8.2%**');
    expect(message.embeds[0]?.description).toContain('not answering');
    expect(message.attachments).toMatchObject([
      { filename: 'chart.png', description: 'Ladder: BTC 8.2%', bytes: 4 },
    ]);
    expect(fake.shown(channel)).toHaveLength(1);
  });

  test('in a private chat is private, and tells the language', async () => {
    const { fake } = await open(answerWith());
    const user = fake.user({ channel: fake.channel('private'), locale: 'zh-CN' });
    await user.slash('help').reply();
    expect(world.events[0]).toMatchObject({
      place: { isPrivate: true },
      person: { id: user.id, roleIds: [], language: 'zh-CN' },
    });
  });

  test('acknowledged twice is acknowledged once; shown twice is edited', async () => {
    const { fake, channel, user } = await open(async ({ answer }) => {
      await Promise.all([answer.acknowledge('public'), answer.acknowledge('private')]);
      await answer.show(viewOf({ picture: PICTURE }));
      await answer.show(viewOf({ reply: { ...REPLY, title: 'Second' } }));
    });
    const message = await user.slash('help').reply();
    await fake.world.until('the edit', () => message.content.includes('Second'));
    // The second state has no picture, and so the first one's is gone.
    expect(message.attachments).toEqual([]);
    expect(fake.shown(channel)).toHaveLength(1);
    expect(fake.world.requests.filter(({ path }) => path.endsWith('/callback'))).toHaveLength(1);
  });
});

describe('a word to one person', () => {
  test.each([
    { why: 'before anything: it is the answer', steps: ['whisper'], shown: [] },
    {
      why: 'after "thinking …" in public: that goes away',
      steps: ['public', 'whisper'],
      shown: [],
    },
    { why: 'after "thinking …" in private', steps: ['private', 'whisper'], shown: [] },
    { why: 'beside an answer', steps: ['public', 'show', 'whisper'], shown: ['Liquidation'] },
  ])('$why', async ({ steps, shown }) => {
    const { fake, channel, user } = await open(async ({ answer }) => {
      for (const step of steps) {
        if (step === 'show') await answer.show(viewOf());
        else if (step === 'whisper') await answer.whisper('No *such* account @everyone');
        else await answer.acknowledge(step as 'public' | 'private');
      }
    });
    const { content } = await user.slash('help').whisper();
    expect(content).toBe('No \\*such\\* account @\u200beveryone');
    const titles = fake.shown(channel).map(({ content }) => /\*\*(.*?)\*\*/u.exec(content)?.[1]);
    expect(titles).toEqual(shown);
  });

  test('whoever presses a foreign button hears it alone; the card stays as it was', async () => {
    const { fake, channel, user } = await open(async (event) => {
      if (event.intent.kind === 'command') return answerWith(viewOf({ buttons: BUTTONS }))(event);
      return event.answer.whisper('This card belongs to somebody else.');
    });
    const card = await user.slash('help').reply();
    const before = card.content;
    const whispered = await fake.user({ channel }).click('Refresh').whisper();
    expect(whispered.content).toContain('somebody else');
    expect([card.content, card.edits]).toEqual([before, 1]);
  });
});

describe('buttons, menus and forms', () => {
  test('a pressed button carries its token and changes its own message', async () => {
    const { fake, channel, user } = await open(async (event) => {
      const title = event.intent.kind === 'button' ? event.intent.token : 'First';
      const shown = viewOf({ reply: { ...REPLY, title }, buttons: BUTTONS });
      await answerWith(shown)(event);
    });
    await user.slash('help').reply();
    const pressed = user.click('Refresh');
    const message = await pressed.reply();
    expect(pressed.record.acknowledged?.type).toBe(6);
    expect(message.content).toContain('v1.abc');
    expect(world.events[1]?.intent).toEqual({ kind: 'button', token: 'v1.abc', value: null });
    expect(fake.shown(channel)).toHaveLength(1);
  });

  test('a forged press, a menu and a form arrive as what they are', async () => {
    const { fake, user } = await open(answerWith());
    await user.slash('help').reply();
    const asked = [
      user.click('v1.never-made'),
      user.select('v1.menu', ['bybit-quant-a']),
      user.submitModal('v1.form', { amount: '250.5' }),
    ];
    for (const each of asked) await each.acknowledged();
    await fake.world.until('events', () => world.events.length === 4);
    expect(world.events.slice(1).map(({ intent }) => intent)).toEqual([
      { kind: 'button', token: 'v1.never-made', value: null },
      { kind: 'button', token: 'v1.menu', value: 'bybit-quant-a' },
      { kind: 'button', token: 'v1.form', value: '250.5' },
    ]);
    await asked[2]?.reply();
    expect(asked.map(({ record }) => record.acknowledged?.type)).toEqual([6, 6, 5]);
  });
});

describe('completion', () => {
  test('from memory, at most 25, told who asks', async () => {
    const heard: unknown[] = [];
    const { user } = await open(answerWith(), {
      suggest: (type: string, prefix: string, who: { person: { id: string } }) => {
        heard.push([type, prefix, who.person.id]);
        const values = Array.from({ length: 40 }, (_, at) => `${prefix}${at}`);
        return [...values, 'x'.repeat(101)].map((value) => ({
          name: value.padEnd(200, '.'),
          value,
        }));
      },
    });
    const choices = await user.autocomplete('liq', 'account', 'by');
    expect(heard).toEqual([['account', 'by', user.id]]);
    expect(choices).toHaveLength(25);
    expect(choices[0]?.value).toBe('by0');
    expect(await user.autocomplete('liq', 'asset', 'b')).toHaveLength(25);
  });

  test('a fault in it neither ends the process nor spoils the next command', async () => {
    const { user } = await open(answerWith(), {
      suggest: () => {
        throw new Error('boom');
      },
    });
    void user.autocomplete('liq', 'account', 'by').catch(() => {});
    await user.slash('help').reply();
    await vi.waitUntil(() => world.logged.some((line) => line.startsWith('discord event failed')));
  });
});

describe('a long answer', () => {
  const MINUTES = 60_000;

  test('becomes an ordinary message after twelve minutes, once, and is edited from then on', async () => {
    const clock = fakeClock(Date.now());
    const { fake, channel, user } = await open(
      async ({ answer }) => {
        await answer.acknowledge('public');
        await clock.advance(12 * MINUTES);
        await answer.show(viewOf());
        await answer.show(viewOf({ reply: { ...REPLY, title: 'Second' } }));
      },
      { clock, fakeClock: clock },
    );
    user.slash('help');
    const isEdited = () => fake.shown(channel).find(({ content }) => content.includes('Second'));
    const message = await fake.world.until('the message', isEdited);
    expect(message.nonce?.length).toBeLessThanOrEqual(25);
    expect(message.edits).toBe(1);
  });

  test('meant for one person is not shown to all when its time is over', async () => {
    const clock = fakeClock(Date.now());
    let outcome: unknown = null;
    const { fake, channel, user } = await open(
      async ({ answer }) => {
        await answer.acknowledge('private');
        await clock.advance(16 * MINUTES);
        outcome = await answer.show(viewOf());
      },
      { clock, fakeClock: clock },
    );
    user.slash('help');
    await vi.waitUntil(() => outcome);
    expect(outcome).toEqual({ kind: 'dead', reason: 'gone' });
    expect(fake.shown(channel)).toEqual([]);
  });
});

describe('a message nobody asked for', () => {
  test('goes to its channel with a nonce of its own per channel', async () => {
    const { fake, channel } = await open(answerWith());
    const other = fake.channel();
    const outcomes = await Promise.all([
      world.gateway.send(placeOf(channel), viewOf(), 'alert-1'),
      world.gateway.send(placeOf(other), viewOf(), 'alert-1'),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['delivered', 'delivered']);
    expect([fake.shown(channel).length, fake.shown(other).length]).toEqual([1, 1]);
  });

  test('sent again with the same id shows once', async () => {
    const { fake, channel } = await open(answerWith());
    const first = await world.gateway.send(placeOf(channel), viewOf(), 'alert-1');
    const again = await world.gateway.send(placeOf(channel), viewOf(), 'alert-1');
    expect(again).toEqual(first);
    expect(fake.shown(channel)).toHaveLength(1);
  });
});

afterAll(() => {
  if (hasDiscordSpec) return;
  process.stdout.write('the Discord description is absent: requests were not checked against it\n');
});

test.skipIf(!hasDiscordSpec)("every request fits Discord's own description", async () => {
  world = await openDiscord();
  const { checked, problems } = createRequestValidator()(recorded);
  expect(problems).toEqual([]);
  expect(checked).toBeGreaterThan(40);
  process.stdout.write(`${checked} Discord requests checked, ${problems.length} violations\n`);
});
