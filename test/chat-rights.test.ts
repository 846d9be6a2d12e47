import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import type { NamedPerson } from '../src/app/chat/who-asks.ts';
import type { Role } from '../src/app/command.ts';
import type { Outcome } from '../src/app/dispatch.ts';
import { discordSeat, type Heard, type Seat, telegramSeat } from './fakes/chat-seat.ts';
import { type ChatWorld, startChatWorld } from './fakes/chat-world.ts';

/*
 * Command × person × network × kind of chat × button, through the real client libraries and the
 * program's own wiring. What is not named below as served is refused: nothing reaches the command
 * core, nothing that others see changes, and the person is told alone.
 */
const ROLES = ['viewer', 'trader', 'approver', 'admin'] as const;
/** Besides the four roles: in the desk file without one, unknown, known by a Discord role only. */
const PEOPLE = [...ROLES, 'none', 'stranger', 'by Discord role'] as const;
type Who = (typeof PEOPLE)[number];
type Network = 'discord' | 'telegram';
type Where = 'named' | 'unnamed' | 'private' | 'topic';

const DISCORD_ROLE = '900000000000000001';
const NAMED = { discord: '700000000000000001', telegram: -1001, topic: -1002 } as const;
const UNNAMED = { discord: '700000000000000002', telegram: -1003 } as const;
const HOUR = 3_600_000;
const SIXTEEN_MINUTES = 960_000;

const ids = (who: Who) => {
  const index = PEOPLE.indexOf(who) + 1;
  return { discord: `80000000000000000${index}`, telegram: 8000 + index };
};
const named: NamedPerson[] = [...ROLES, 'none' as const].map((who) => ({
  id: who,
  discord: ids(who).discord,
  telegram: String(ids(who).telegram),
  roles: who === 'none' ? [] : [who],
}));

/** Every command with what it cannot do without: what is missing would be asked for, which reaches nothing. */
const LINES = commands.map(({ name, options }) => {
  const needed = options.filter(({ neededUnless }) => neededUnless !== undefined);
  return [`/${name}`, ...needed.map((option) => `${option.name}=x`)].join(' ');
});

const ANSWER: Outcome = {
  exit: 0,
  command: null,
  problem: null,
  takenAt: 1_700_000_000_000,
  answer: {
    data: {},
    gaps: [],
    reply: {
      title: 'Figures of the desk',
      severity: null,
      figures: [],
      tables: [],
      paragraphs: [],
      notes: [],
      takenAt: 1_700_000_000_000,
    },
  },
};

let world: ChatWorld;
let commandCells = 0;
let buttonCells = 0;

beforeAll(async () => {
  world = await startChatWorld({
    setup: {
      isDemo: false,
      people: named,
      chat: {
        discord: null,
        telegram: null,
        chats: {
          discord: [NAMED.discord],
          telegram: [String(NAMED.telegram), String(NAMED.topic)],
        },
      },
    },
    discordRoles: { [DISCORD_ROLE]: 'viewer' },
    dispatch: () => async () => ANSWER,
  });
  for (const id of [NAMED.discord, UNNAMED.discord]) {
    world.discord.world.channels.set(id, { isPrivate: false, fate: 'fine', rules: [] });
  }
}, 60_000);
afterAll(async () => {
  process.stdout.write(`authorisation cells: ${commandCells} commands, ${buttonCells} buttons\n`);
  await world.close();
});

const privateChannels = new Map<Who, string>();

function seatOf(who: Who, { network, where }: { network: Network; where: Where }): Seat {
  const id = ids(who);
  if (network === 'telegram') {
    if (where === 'private') return telegramSeat(world.telegram, { id: id.telegram });
    const chat = { unnamed: UNNAMED.telegram, named: NAMED.telegram, topic: NAMED.topic }[where];
    const isForum = where === 'topic';
    return telegramSeat(world.telegram, {
      id: id.telegram,
      chat: world.telegram.chat({ id: chat, type: 'supergroup', title: where, is_forum: isForum }),
      ...(isForum ? { topic: 12 } : {}),
    });
  }
  const roles = who === 'by Discord role' ? [DISCORD_ROLE] : [];
  const own = privateChannels.get(who) ?? world.discord.channel('private');
  privateChannels.set(who, own);
  const channel = where === 'private' ? own : where === 'named' ? NAMED.discord : UNNAMED.discord;
  return discordSeat(world.discord, { id: id.discord, channel, roles });
}

function isServed(who: Who, { network, where }: { network: Network; where: Where }): boolean {
  if (where === 'unnamed' || who === 'none' || who === 'stranger') return false;
  // Roles are a guild's: in a private chat Discord tells none.
  return who !== 'by Discord role' || (network === 'discord' && where === 'named');
}

const cells = (
  [
    ['discord', ['named', 'unnamed', 'private']],
    ['telegram', ['named', 'unnamed', 'private', 'topic']],
  ] as const
).flatMap(([network, places]) =>
  places.flatMap((where) => PEOPLE.map((who) => ({ network, where, who }))),
);
const served = cells.filter((cell) => isServed(cell.who, cell));
const refused = cells.filter((cell) => !isServed(cell.who, cell));

/** What happened, and whether anything came as far as the command core or changed for others. */
async function watch(seat: Seat, act: () => Promise<Heard>) {
  const [asked, wall] = [world.dispatched.length, seat.wall()];
  const heard = await act();
  const reached = world.dispatched.slice(asked).map(({ actor, line }) => ({ ...actor, line }));
  return { heard, reached, hasChanged: seat.wall() !== wall };
}

const person = (who: Who) => (who === 'by Discord role' ? `discord:${ids(who).discord}` : who);
const rolesOf = (who: Who): Role[] =>
  named.find(({ id }) => id === who)?.roles.slice() ?? ['viewer'];
const tokenOf = ({ buttons }: Heard) => buttons.at(-1)?.token ?? 'no button';

describe('a command', () => {
  test.each(served)('of $who in the $where chat of $network is served', async (cell) => {
    const seat = seatOf(cell.who, cell);
    for (const line of LINES) {
      world.clock.skip(HOUR);
      const { heard, reached } = await watch(seat, () => seat.type(line));
      expect(heard).toMatchObject({ kind: 'shown' });
      expect(heard.text).toContain('Figures of the desk');
      const { network, who } = cell;
      const actor = { person: person(who), roles: rolesOf(who), accounts: null, network };
      expect(reached).toEqual([{ ...actor, line }]);
      commandCells += 1;
    }
  });

  test.each(refused)('of $who in the $where chat of $network is refused', async (cell) => {
    const seat = seatOf(cell.who, cell);
    for (const line of LINES) {
      // A refusal is said once an hour.
      world.clock.skip(HOUR);
      const { heard, reached } = await watch(seat, () => seat.type(line));
      expect(heard).toMatchObject({ kind: 'whisper', hasPicture: false, buttons: [] });
      expect(heard.text).toMatch(/does not know you|not named in the desk file/);
      expect(reached).toEqual([]);
      commandCells += 1;
    }
  });
});

describe('a button', () => {
  const lineFor = (index: number) => LINES[index % LINES.length] ?? '/help';

  test.each(served.map((cell, index) => ({ ...cell, line: lineFor(index) })))(
    'under $line pressed by $who in the $where chat of $network',
    async (cell) => {
      const seat = seatOf(cell.who, cell);
      world.clock.skip(HOUR);
      const card = await seat.type(cell.line);
      const own = await watch(seat, () => seat.press(tokenOf(card)));
      expect(own.heard.kind).toBe('shown');
      expect(own.reached).toMatchObject([{ person: person(cell.who), line: cell.line }]);
      await expectNothing(seat, tokenOf(card), /used up or expired/);
      await expectNothing(seat, 'v1.AAAAAAAAAAAAAAAAAAAAAA', /used up or expired/);
      await expectNothing(seat, '/liq', /used up or expired/);
      await pressForeign(cell, seat);
      world.clock.skip(SIXTEEN_MINUTES);
      await expectNothing(seat, tokenOf(own.heard), /used up or expired/);
      buttonCells += 5;
    },
  );

  test.each(refused.map((cell, index) => ({ ...cell, line: lineFor(index) })))(
    'pressed by $who in the $where chat of $network, where they are not served',
    async (cell) => {
      const seat = seatOf(cell.who, cell);
      const no = /does not know you|not named in the desk file/;
      world.clock.skip(HOUR);
      await seat.type(cell.line);
      // Their own from where they are served, somebody else's, a forged one, a stale one, one again.
      const elsewhere = await cardElsewhere(cell);
      for (const token of [elsewhere, elsewhere, 'v1.AAAAAAAAAAAAAAAAAAAAAA', '/liq', 'v0.old']) {
        world.clock.skip(HOUR);
        await expectNothing(seat, token, no);
        buttonCells += 1;
      }
    },
  );
});

async function expectNothing(seat: Seat, token: string, says: RegExp): Promise<void> {
  const { heard, reached, hasChanged } = await watch(seat, () => seat.press(token));
  expect(heard.kind).toBe('whisper');
  expect(heard.text).toMatch(says);
  expect({ reached, hasChanged }).toEqual({ reached: [], hasChanged: false });
}

/** A foreign press changes nothing and does not use the button up for its owner. */
async function pressForeign(
  cell: { readonly network: Network; readonly where: Where; readonly who: Who },
  seat: Seat,
): Promise<void> {
  const other = ROLES.find((role) => role !== cell.who) ?? 'viewer';
  const owner = seatOf(other, cell);
  // Past the minute in which a group may hear only so much.
  world.clock.skip(60_000);
  const card = await owner.type('/margin');
  // In a private chat nobody else is there: the token is carried over.
  await expectNothing(seat, tokenOf(card), /belongs to somebody else/);
  const { heard, reached } = await watch(owner, () => owner.press(tokenOf(card)));
  expect(heard.kind).toBe('shown');
  expect(reached).toMatchObject([{ person: other, line: '/margin' }]);
}

/** A fresh card of theirs, or where they are served nowhere, of the admin's in the named chat. */
async function cardElsewhere({ network, who }: { network: Network; who: Who }): Promise<string> {
  const at = { network, where: 'named' } as const;
  return tokenOf(await seatOf(isServed(who, at) ? who : 'admin', at).type('/exposure'));
}
