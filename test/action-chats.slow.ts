import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handlesOf } from '../src/domain/handle.ts';
import { positionsOf } from '../src/portfolio/snapshot.ts';
import { createTranslate, type Locale } from '../src/replies/translate.ts';
import { holdOnDesk } from './fakes/action-world.ts';
import { discordSeat, type Heard, type Seat, telegramSeat } from './fakes/chat-seat.ts';
import { type ChatWorld, startChatWorld } from './fakes/chat-world.ts';
import { type FakeVenue, fakeVenue } from './fakes/fake-writer.ts';

let world: ChatWorld;
const venue: FakeVenue = fakeVenue();
beforeAll(async () => {
  world = await startChatWorld({ writer: (account) => venue.writer(account) });
  holdOnDesk(venue, world.program.desk.lastKnown());
}, 60_000);
beforeEach(() => holdOnDesk(venue, world.program.desk.lastKnown()));
afterAll(() => world.close());

const BIG = { from: 'bybit-reserve', to: 'bybit-quant-a', amount: '1500', currency: 'USDT' };
const ACTIONS = [
  {
    name: 'removemargin',
    options: (position: string) => ({ position, amount: '10' }),
  },
  { name: 'reduce', options: (position: string) => ({ position, size: '1%' }) },
  { name: 'tpsl', options: (position: string) => ({ position, sl: '1000' }) },
  {
    name: 'transfer',
    options: () => ({ ...BIG, amount: '10' }),
  },
];

let lastId = 7000;
const nextPerson = (locale: Locale) => {
  lastId += 1;
  return { id: lastId, language: locale === 'en' ? 'en' : 'zh-hans' };
};
const NETWORKS = {
  discord: (locale: Locale, channel: string): Seat =>
    discordSeat(world.discord, { channel, locale: locale === 'en' ? 'en-US' : locale }),
  telegram: (locale: Locale, chat: string): Seat =>
    telegramSeat(world.telegram, {
      ...nextPerson(locale),
      chat: world.telegram.chat({ id: Number(chat), type: 'supergroup', title: 'risk' }),
    }),
};
let lastGroup = -100_000_000;
function placeOn(network: keyof typeof NETWORKS): string {
  lastGroup -= 1;
  return network === 'discord' ? world.discord.channel() : String(lastGroup);
}
const PLACES = (['discord', 'telegram'] as const).flatMap((network) =>
  (['en', 'zh-CN'] as const).map((locale) => ({ network, locale })),
);

function isolated() {
  const positions = positionsOf(world.program.desk.lastKnown());
  const position = positions.find(({ marginMode }) => marginMode === 'isolated');
  const handle = position && handlesOf(positions).get(position);
  if (!position || !handle) throw new Error('no isolated position');
  return { handle, writer: venue.writer(position.account) };
}
const tokenOf = ({ buttons, text }: Heard, label: string) => {
  const token = buttons.find((each) => each.label === label)?.token;
  if (token === undefined) throw new Error(`no button ${label} under: ${text}`);
  return token;
};

describe.each(PLACES)('on $network, $locale', ({ network, locale }) => {
  const say = createTranslate(locale);
  const seats = () => {
    const place = placeOn(network);
    return [NETWORKS[network](locale, place), NETWORKS[network](locale, place)] as const;
  };
  const ask = (seat: Seat, name: string, options: Readonly<Record<string, string>>) =>
    seat.type(line(network, name, options));

  test('a press of the asker does it once; anybody else gets a private word', async () => {
    const [asker, other] = seats();
    const { handle, writer } = isolated();
    const before = writer.effects.length;
    const card = await ask(asker, 'addmargin', { position: handle, amount: '20' });
    expect(card.text).toContain(say('action.state.preview'));
    await asker.pictured();
    const confirm = tokenOf(card, say('action.button.confirm'));
    expect(await other.press(confirm)).toMatchObject({
      kind: 'whisper',
      text: say('refusal.consent.not-yours'),
    });
    expect(writer.effects).toHaveLength(before);
    const done = await asker.press(confirm);
    expect(done.text).toContain(say('action.state.done'));
    expect(done.buttons).toEqual([]);
    expect(writer.effects).toHaveLength(before + 1);
    // A press of what is used up is a private word, and nothing happens.
    const used = await asker.press(confirm);
    expect(used).toMatchObject({ kind: 'whisper' });
    expect(used.text).toContain(say('action.state.done'));
    expect(writer.effects).toHaveLength(before + 1);
  });

  test.each(ACTIONS)('/$name is previewed, confirmed and done', async ({ name, options }) => {
    const [asker] = seats();
    const { handle } = isolated();
    const card = await ask(asker, name, options(handle));
    const done = await asker.press(tokenOf(card, say('action.button.confirm')));
    expect(done.text).toContain(say('action.state.done'));
  });

  test('what is missing is asked for by buttons, up to the card', async () => {
    const [asker, other] = seats();
    const { handle } = isolated();
    const first = await ask(asker, 'reduce', {});
    expect(first.text).toContain('/reduce');
    const position = first.buttons.find(({ label }) => label.startsWith(handle))?.token ?? '';
    expect((await other.press(position)).kind).toBe('whisper');
    const second = await asker.press(position);
    expect(second.buttons.map(({ label }) => label)).toEqual([
      ...['10%', '25%', '50%', '100%', 'hf=1.5', 'hf=2', say('guide.other')],
    ]);
    const card = await asker.fill(tokenOf(second, say('guide.other')), '1%');
    expect(card.text).toContain(say('action.state.preview'));
    const cancelled = await asker.press(tokenOf(card, say('action.button.cancel')));
    expect(cancelled.text).toContain(say('action.state.cancelled'));
    expect(cancelled.buttons).toEqual([]);
  });

  test('a large act wants its amount typed, and an approver on either network', async () => {
    const [asker, sameRoom] = seats();
    const card = await ask(asker, 'transfer', BIG);
    const confirm = tokenOf(card, say('action.button.confirm'));
    const wrong = await asker.fill(confirm, '15');
    expect(wrong).toMatchObject({
      kind: 'whisper',
      text: say('refusal.wrong-amount', { amount: '1500', typed: '15' }),
    });
    const waiting = await asker.fill(confirm, '1500');
    expect(waiting.text).toContain(say('action.state.waiting'));
    const approve = tokenOf(waiting, say('action.button.approve'));
    expect((await asker.press(approve)).text).toBe(say('refusal.consent.self-approval'));
    if (locale === 'en') {
      const done = await sameRoom.press(approve);
      expect(done.text).toContain(say('action.state.done'));
      return;
    }
    const [, token = ''] = /\/approve ([\w-]+)/.exec(waiting.text) ?? [];
    const elsewhere = network === 'discord' ? 'telegram' : 'discord';
    const approver = NETWORKS[elsewhere]('en', placeOn(elsewhere));
    const done = await approver.type(line(elsewhere, 'approve', { token }));
    expect(done.text).toContain(createTranslate('en')('action.state.done'));
  });

  test('an unknown outcome says so, and its button looks at the venue', async () => {
    const [asker] = seats();
    const { handle, writer } = isolated();
    const card = await ask(asker, 'addmargin', { position: handle, amount: '21' });
    writer.faults.push({ kind: 'accept-then-reset' });
    const lost = await asker.press(tokenOf(card, say('action.button.confirm')));
    expect(lost.text).toContain(say('action.state.unknown'));
    const found = await asker.press(tokenOf(lost, say('action.button.check')));
    expect(found.text).toContain(say('action.state.done'));
    expect(found.buttons).toEqual([]);
  });
});

function line(network: string, name: string, options: Readonly<Record<string, string>>): string {
  const isNamed = (key: string) => network === 'discord' || key === 'sl';
  const words = Object.entries(options).map(([key, value]) =>
    isNamed(key) ? `${key}=${value}` : value,
  );
  return [`/${name}`, ...words].join(' ');
}
