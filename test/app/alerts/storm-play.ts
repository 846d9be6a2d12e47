import type { Level } from '../../../src/alerts/alert.ts';
import { alertWorld, intentOf, type World } from './alert-world.ts';

const SECOND = 1000;

/** A small generator of its own, so that each seed is the same storm for ever. */
function randomOf(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Planned {
  readonly at: number;
  readonly level: Level;
  readonly account: string;
  readonly name: string;
}

/** 1,000 warnings in 20 s over 40 accounts, 12 critical, 3 emergencies, at any moment in it. */
function stormOf(seed: number, late: 'critical last' | 'critical anywhere'): Planned[] {
  const random = randomOf(seed);
  const some = (count: number, level: Level): Planned[] =>
    Array.from({ length: count }, (_, index) => ({
      at: Math.floor(
        (level === 'WARN' || late === 'critical anywhere' ? 0 : 20_000) + random() * 20_000,
      ),
      level,
      account: `account-${Math.floor(random() * 40)}`,
      name: `${level} ${index}`,
    }));
  return [...some(1000, 'WARN'), ...some(12, 'CRIT'), ...some(3, 'EMERG')].sort(
    (a, b) => a.at - b.at,
  );
}

async function play(world: World, storm: readonly Planned[], untilMs: number, stepMs: number) {
  const start = world.clock.now();
  let next = 0;
  for (let now = 0; now < untilMs; now += stepMs) {
    const due = [];
    while (next < storm.length && (storm[next] as Planned).at <= now) {
      const { level, account, name } = storm[next] as Planned;
      due.push(
        intentOf({
          level,
          account,
          at: start + now,
          rule: 'liquidationDistance',
          value: '0.05',
          subject: {
            kind: 'position',
            venue: 'bybit',
            account,
            instrument: `${name}/USDT`,
            side: 'long',
          },
        }),
      );
      next += 1;
    }
    if (due.length > 0) await world.take(...due);
    await world.pass(stepMs, stepMs);
  }
  return start;
}

/** The most of these within any 60 s. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + 60 * SECOND).length),
  );
}

/** What one storm came to; times in ms after the desk heard of the alert. */
export interface StormFigures {
  readonly loud: number;
  readonly edits: number;
  readonly calls: number;
  readonly slowest: number;
  readonly critical: readonly number[];
  readonly emergency: readonly number[];
  /** Of a platform that takes twenty messages a minute. */
  readonly refused: number;
  readonly balance: ReturnType<World['desk']['balance']>;
}

const STEP_MS = 250;

/** Plays one storm to its end, and counts what a person and a platform would. */
export async function stormFigures(seed: number): Promise<StormFigures> {
  const storm = stormOf(seed, seed % 2 === 0 ? 'critical last' : 'critical anywhere');
  const world = await alertWorld({ seed });
  let refused = 0;
  world.script('room', () => {
    const now = world.clock.now();
    if (world.calls.filter(({ at }) => now - at < 60 * SECOND).length > 20) refused += 1;
    return null;
  });
  const start = await play(world, storm, 75 * SECOND, STEP_MS);
  const timesOf = (...how: string[]) =>
    world.calls.filter((call) => how.includes(call.how)).map(({ at }) => at - start);
  const waits = storm.map(({ level, at: planned, name }) => {
    // The desk hears of it with the next step of the clock.
    const at = Math.ceil(planned / STEP_MS) * STEP_MS;
    const after = (how: readonly string[]) => {
      const found = world.arrived.find(
        (each) =>
          each.at - start >= at &&
          how.includes(each.how) &&
          (each.message.record.members.some(
            ({ subject }) => subject['instrument'] === `${name}/USDT`,
          ) ||
            (level === 'CRIT' && each.text.includes(`${name}/USDT`))),
      );
      return (found?.at ?? Infinity) - start - at;
    };
    return { level, seen: after(['loud', 'edit', 'silent']), said: after(['loud']) };
  });
  const saidOf = (wanted: Level) =>
    waits.filter(({ level }) => level === wanted).map(({ said }) => said);
  return {
    loud: mostInAMinute(timesOf('loud')),
    edits: mostInAMinute(timesOf('edit')),
    calls: mostInAMinute(timesOf('loud', 'edit', 'silent', 'reply')),
    slowest: Math.max(...waits.map(({ seen }) => seen)),
    critical: saidOf('CRIT'),
    emergency: saidOf('EMERG'),
    refused,
    balance: world.desk.balance(),
  };
}
