import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
afterAll(() => world.close());

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

  test('a press of the asker does it once; anybody else gets a private word', async () => {
    const [asker, other] = seats();
    const { handle, writer } = isolated();
    const before = writer.effects.length;
    const card = await asker.type(line(network, 'addmargin', { position: handle, amount: '20' }));
    expect(card.text).toContain(say('action.state.preview'));
    const confirm = tokenOf(card, say('action.button.confirm'));
    expect((await other.press(confirm)).text).toBe(say('refusal.consent.not-yours'));
    expect(writer.effects).toHaveLength(before);
    const done = await asker.press(confirm);
    expect(done.text).toContain(say('action.state.done'));
    expect(done.buttons).toEqual([]);
    expect(writer.effects).toHaveLength(before + 1);
  });
});

function line(network: string, name: string, options: Readonly<Record<string, string>>): string {
  const words = Object.entries(options).map(([key, value]) =>
    network === 'discord' ? `${key}=${value}` : value,
  );
  return `/${name} ${words.join(' ')}`;
}
