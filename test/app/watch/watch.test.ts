import { afterEach, expect, test } from 'vitest';
import type { AccountMargin } from '../../../src/domain/account.ts';
import { dec } from '../../../src/domain/decimal.ts';
import type { Position } from '../../../src/domain/position.ts';
import { asAccountId, asPrice, asUsd } from '../../../src/domain/units.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import type { DestinationMessage } from '../../../src/ports/destination.ts';
import { aPosition } from '../../fakes/a-position.ts';
import { type FakeClock, fakeClock } from '../../fakes/fake-clock.ts';
import { emptyAlertShelf, fakeAlertStore } from '../../fakes/fake-store-alerts.ts';
import { startWatchWorld } from '../../fakes/watch-world.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const START = 1_700_000_000_000;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Desk {
  readonly clock: FakeClock;
  readonly shelf: ReturnType<typeof emptyAlertShelf>;
  accounts: AccountSnapshot[];
}

/** A long of one coin at 60,000 that the venue liquidates at 54,000. */
function leg(account: string, changes: Partial<Position> = {}): Position {
  return aPosition({
    ...{ account: asAccountId(account), marginMode: 'isolated', observedAt: START },
    liquidation: { kind: 'price', price: asPrice(dec('54000')) },
    stopLoss: { kind: 'price', price: asPrice(dec('57500')) },
    ...changes,
  });
}

function holding(id: string, positions: readonly Position[], at: number): AccountSnapshot {
  const account = { id: asAccountId(id), name: id, venue: 'fake', books: [], fundedBy: [] };
  return { account, status: 'ok', positions, positionsAt: at, margin: marginAt(at), gaps: [] };
}

function marginAt(observedAt: number): AccountMargin {
  return {
    ...{ equityUsd: asUsd(dec('100000')), availableUsd: asUsd(dec('90000')) },
    ...{ initialMarginUsd: asUsd(dec('6000')), orderMarginUsd: null },
    ...{ maintenanceMarginUsd: asUsd(dec('300')), venueRatio: null, venueStatus: null },
    ...{ pooling: null, collateral: [], observedAt, venueUpdatedAt: null },
  };
}

function newDesk(...ids: string[]): Desk {
  const clock = fakeClock(START);
  const accounts = ids.map((id) => holding(id, [leg(id)], START));
  return { clock, shelf: emptyAlertShelf(), accounts };
}

async function open(desk: Desk) {
  const { clock } = desk;
  const arrived: DestinationMessage[] = [];
  const world = await startWatchWorld({
    ...{ clock, store: fakeAlertStore(desk.shelf), accounts: () => desk.accounts },
    destination: {
      id: 'room',
      send: async (message) => {
        arrived.push(message);
        return { kind: 'delivered', messageId: String(arrived.length) };
      },
    },
    lastAlive: clock.now(),
  });
  closing.push(world.close);
  const pass = async (ms: number, each = () => {}) => {
    for (let gone = 0; gone < ms; gone += 250) {
      await clock.advance(250);
      each();
      for (let i = 0; i < 4; i += 1) await breathe();
      await world.desk.runDue();
    }
  };
  return {
    ...world,
    arrived,
    pass,
    /** As the venue says now, at this mark. */
    read: (price: string) => {
      const at = clock.now();
      const markPrice = asPrice(dec(price));
      desk.accounts = desk.accounts.map((each) => ({
        ...each,
        positionsAt: at,
        margin: marginAt(at),
        positions: each.positions.map((one) => ({ ...one, markPrice, observedAt: at })),
      }));
      for (const { account } of desk.accounts) world.watch.read(account.id);
    },
    tick: (price: string, symbol = 'BTC/USDT:USDT') =>
      world.watch.mark({
        instrument: { venue: 'fake', symbol },
        markPrice: asPrice(dec(price)),
        observedAt: clock.now(),
      }),
    loud: () => arrived.filter(({ edits, isSilent }) => edits === null && !isSilent),
    about: (rule: string) =>
      arrived.filter(({ record }) => record.members.some((member) => member.rule === rule)),
  };
}

test('a tick past the line is told although nothing was read', async () => {
  const world = await open(newDesk('a'));
  await world.pass(1000);
  world.tick('55500');
  await world.pass(250);
  const [first] = world.about('liquidationDistance');
  expect(first?.record.level).toBe('EMERG');
  expect(first?.record.members[0]?.value?.startsWith('0.027')).toBe(true);
});

test('a tick for somebody else, an old one and one out of order change nothing', async () => {
  const desk = newDesk('a');
  const world = await open(desk);
  await world.pass(1000);
  world.tick('1', 'ETH/USDT:USDT');
  world.watch.mark({
    instrument: { venue: 'fake', symbol: 'BTC/USDT:USDT' },
    markPrice: asPrice(dec('54001')),
    observedAt: desk.clock.now() - 10_001,
  });
  world.tick('60000');
  world.watch.mark({
    instrument: { venue: 'fake', symbol: 'BTC/USDT:USDT' },
    markPrice: asPrice(dec('54001')),
    observedAt: desk.clock.now() - 1,
  });
  await world.pass(1000);
  expect(
    world.about('liquidationDistance').filter(({ record }) => record.level !== 'WARN'),
  ).toEqual([]);
});

test('after a restart what fires unchanged is not told again', async () => {
  const desk = newDesk('a', 'b', 'c');
  const first = await open(desk);
  await first.pass(3000, () => first.read('56000'));
  expect(first.desk.open().length).toBeGreaterThan(0);
  // Long enough for what has to last a minute before it fires.
  await first.pass(70_000, () => first.read('56000'));
  first.close();
  await first.pass(500);
  const open1 = first.desk.open().map(({ id }) => id);
  const second = await open(desk);
  await second.pass(70_000, () => second.read('56000'));
  expect(second.loud()).toEqual([]);
  expect(second.desk.open().map(({ id }) => id)).toEqual(open1);
});

test('when readings and marks stop, what fires goes on and its age is told of', async () => {
  const desk = newDesk('a');
  const world = await open(desk);
  await world.pass(3000, () => world.read('56000'));
  const [incident] = world.desk.open();
  expect(incident).toBeDefined();
  await world.pass(45_000);
  expect(world.desk.open().map(({ id }) => id)).toContain(incident?.id);
  expect(world.about('dataAge').length).toBeGreaterThan(0);
  expect(world.arrived.filter(({ record }) => record.state === 'resolved')).toEqual([]);
});

test('a part with a bug loses no other', async () => {
  const desk = newDesk('good');
  const bad = Object.defineProperty(leg('bad'), 'liquidation', {
    enumerable: true,
    get: () => {
      throw new TypeError('a bug');
    },
  });
  desk.accounts.unshift({ ...holding('bad', [bad], START) });
  const world = await open(desk);
  await world.pass(1000);
  const good = desk.accounts[1] as AccountSnapshot;
  desk.accounts[1] = { ...good, positions: [leg('good', { markPrice: asPrice(dec('55500')) })] };
  world.watch.read('good');
  await world.pass(500);
  expect(world.errors.length).toBeGreaterThan(0);
  expect(world.about('liquidationDistance')[0]?.record.members[0]?.subject['account']).toBe('good');
});

test.each([
  { why: 'closed by somebody else', contracts: null, rule: 'positionChanged' },
  { why: 'a tenth smaller', contracts: '0.9', rule: 'positionChanged' },
])('a position that was $why is told once', async ({ contracts, rule }) => {
  const desk = newDesk('a');
  const world = await open(desk);
  await world.pass(1000);
  const positions = contracts === null ? [] : [leg('a', { contracts: dec(contracts) })];
  const at = desk.clock.now();
  desk.accounts = [holding('a', positions, at)];
  world.watch.read('a');
  await world.pass(8000);
  const told = world.about(rule).filter(({ edits }) => edits === null);
  expect(told).toHaveLength(1);
});

test('the sequence of looks grows over restarts whatever the clock does', async () => {
  const desk = newDesk('a');
  const first = await open(desk);
  await first.pass(2000, () => first.read('56000'));
  first.close();
  const rowOf = () => {
    const bodies = desk.shelf.rows ? [...desk.shelf.rows.values()] : [];
    return bodies
      .map((row) => JSON.parse(row.body))
      .filter(({ rule }) => rule === 'liquidationDistance');
  };
  const before = rowOf()[0]?.sequence ?? 0;
  expect(before).toBeGreaterThan(1e9);
  const second = await open(desk);
  await second.pass(1000, () => second.read('55000'));
  expect(Math.floor((rowOf()[0]?.sequence ?? 0) / 1e9)).toBeGreaterThan(Math.floor(before / 1e9));
});
