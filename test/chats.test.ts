import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { missingOption } from '../src/app/missing-option.ts';
import { createFormatter } from '../src/replies/format.ts';
import { renderText } from '../src/replies/render-text.ts';
import type { Reply } from '../src/replies/reply.ts';
import { createTranslate, type Locale } from '../src/replies/translate.ts';
import { discordSeat, type Seat, telegramSeat } from './fakes/chat-seat.ts';
import { type ChatWorld, startChatWorld } from './fakes/chat-world.ts';
import { hasDiscordSpec } from './fakes/fake-discord/validate-requests.ts';
import { hasBotApi } from './fakes/fake-telegram/check-requests.ts';

let world: ChatWorld;
beforeAll(async () => {
  world = await startChatWorld();
}, 60_000);
afterAll(() => world.close());

/** Rows of a table that one message shows before it offers a second page. */
const PAGE = 12;

/** The others ask for what is missing first; actions and the watch have scenarios of their own. */
const ANSWERED = commands.filter(
  (command) =>
    command.access === 'read' && command.name !== 'alerts' && missingOption(command, {}) === null,
);

let lastId = 500;
const person = (locale: Locale) => {
  lastId += 1;
  return { id: lastId, language: locale === 'en' ? 'en' : 'zh-hans' };
};
const SEATS: Readonly<Record<string, (locale: Locale) => Seat>> = {
  'a Discord guild': (locale) =>
    discordSeat(world.discord, {
      channel: world.discord.channel(),
      locale: locale === 'en' ? 'en-US' : locale,
    }),
  'a Telegram private chat': (locale) => telegramSeat(world.telegram, person(locale)),
  'a Telegram group': (locale) => {
    const who = person(locale);
    const group = { id: -100_000 - who.id, type: 'supergroup', title: 'risk' } as const;
    return telegramSeat(world.telegram, { ...who, chat: world.telegram.chat(group) });
  },
};
const PLACES = (['en', 'zh-CN'] as const).flatMap((locale) =>
  Object.entries(SEATS).map(([place, seat]) => ({ place, locale, seat: () => seat(locale) })),
);

describe.each(PLACES)('in $place, $locale', ({ locale, seat }) => {
  const say = createTranslate(locale);

  test.each(ANSWERED)('/$name says what the terminal says', async ({ name }) => {
    const own = seat();
    const heard = await own.type(`/${name}`);
    expect(heard.kind).toBe('shown');
    const { terminal, reply } = await terminalSays(`/${name}`, locale);
    expect(heard.text).toContain(name === 'whoami' ? 'Demo desk' : reply.title);
    if (reply.chart) await own.pictured();
    else expect(heard.hasPicture).toBe(false);
    // Who asks and how long it is since differ by nature.
    if (name === 'status' || name === 'whoami') return;
    expect(numbersIn(heard.text).filter((number) => !terminal.has(number))).toEqual([]);
    const said = new Set(numbersIn(heard.text));
    expect(leading(reply).filter((number) => !said.has(number))).toEqual([]);
  });

  test('a long list turns its pages by buttons, there and back', async () => {
    const own = seat();
    const { reply } = await terminalSays('/positions', locale);
    const ids = reply.tables[0]?.rows.map(([id]) => id?.text ?? '') ?? [];
    expect(ids.length).toBeGreaterThan(PAGE);
    const idsIn = (text: string) => ids.filter((id) => text.includes(id));
    const first = await own.type('/positions');
    expect(idsIn(first.text)).toEqual(ids.slice(0, PAGE));
    const press = (on: typeof first, label: string) =>
      own.press(on.buttons.find((button) => button.label === label)?.token ?? 'no such button');
    const second = await press(first, say('chat.next', { page: 2, pages: 2 }));
    expect(idsIn(second.text)).toEqual(ids.slice(PAGE));
    const again = await press(second, say('chat.previous'));
    expect(idsIn(again.text)).toEqual(ids.slice(0, PAGE));
  });

  test('an asset that nobody holds is a word to the asker alone', async () => {
    const heard = await seat().type('/liq asset=BTX');
    expect(heard).toMatchObject({ kind: 'whisper', buttons: [] });
    expect(heard.text).toContain('BTX');
  });
});

test('a command that does not exist is answered with the nearest one, in private', async () => {
  const own = telegramSeat(world.telegram, person('en'));
  const { text, kind } = await own.type('/margni');
  expect({ text, kind }).toEqual({
    kind: 'whisper',
    text: 'There is no command /margni. Did you mean /margin?',
  });
});

test.each([
  { command: 'margin', option: 'account', prefix: 'maker', first: 'bybit-maker-1' },
  { command: 'liq', option: 'asset', prefix: 'b', first: 'BTC' },
  { command: 'stress', option: 'scenario', prefix: '2025', first: '2025-10-10' },
])('Discord completes $option of /$command', async ({ command, option, prefix, first }) => {
  const user = world.discord.user({ channel: world.discord.channel() });
  const [choice] = await user.autocomplete(command, option, prefix);
  expect(choice?.value).toBe(first);
});

test('both command menus name every command in both languages', () => {
  const names = commands.map(({ name }) => name);
  expect(world.discord.world.commands.map(({ name }) => name)).toEqual(names);
  for (const { description, description_localizations: own } of world.discord.world.commands) {
    expect(own?.['zh-CN']).toMatch(/\p{Script=Han}/u);
    expect(description).not.toMatch(/\p{Script=Han}/u);
  }
  for (const language of ['', 'zh']) {
    expect(world.telegram.world.menus.get(language)?.map(({ command }) => command)).toEqual(names);
  }
});

test.skipIf(!hasDiscordSpec || !hasBotApi)(
  'every request fits what the platforms publish, and none came inside a pause',
  () => {
    const { checked, problems } = world.validate();
    process.stdout.write(`requests validated against the published descriptions: ${checked}\n`);
    expect(problems).toEqual([]);
    expect(checked).toBeGreaterThan(200);
    expect(world.telegram.violations).toEqual([]);
  },
);

const known = new Map<string, Promise<{ terminal: ReadonlySet<string>; reply: Reply }>>();

/** What `ask` prints, and the reply it is made of. */
function terminalSays(line: string, locale: Locale) {
  const key = `${line} ${locale}`;
  const said = known.get(key) ?? askTerminal(line, locale);
  known.set(key, said);
  return said;
}

async function askTerminal(line: string, locale: Locale) {
  const { stdout } = await world.ask(line, { locale });
  const actor = {
    person: 'trader',
    roles: ['trader'],
    accounts: null,
    network: 'terminal',
  } as const;
  const { answer } = await world.program.dispatch({ line, locale, actor });
  if (!answer) throw new Error(`${line} is not answered`);
  // The terminal's 80 columns leave some out that a phone's cards have.
  const wide = renderText(answer.reply, {
    ...{ say: createTranslate(locale), format: createFormatter(locale, 'UTC') },
    width: 400,
  });
  return { terminal: new Set(numbersIn(`${stdout}\n${wide}`)), reply: answer.reply };
}

/** What no renderer may leave out: the figures at a glance, and the first page's row names. */
function leading({ figures, tables: [first] }: Reply): string[] {
  const names = first?.rows.slice(0, PAGE).map(([cell]) => cell?.text ?? '') ?? [];
  return numbersIn([...figures.map(({ text }) => text), ...names].join('\n'));
}

/** Without the time of the answer itself. */
function numbersIn(text: string): string[] {
  const timeless = text.replaceAll(/<t:\d+:\w>|\d\d:\d\d:\d\d/g, '');
  return timeless.match(/\d(?:[\d,.:]*\d)?/g) ?? [];
}
