import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { commands } from '../commands/index.ts';
import { missingOption } from '../src/app/missing-option.ts';
import { type ChatWorld, startChatWorld } from '../test/fakes/chat-world.ts';
import type { Row } from './row.ts';

/** Telegram lets 25 messages a second through: its answers take their time, its acknowledgements must not. */
const BURST = 1000;
/** Fills what is kept for a time: buttons, seen events, pictures. */
const FIRST = 100;
/** 200 a second. */
const WAVE = 20;
const WAVE_EVERY_MS = 100;
/** As in the console. */
const MARKET_WAIT_MS = 700;

interface Burst {
  /** Milliseconds from the event to the acknowledgement, at the stand-in. */
  readonly acks: readonly number[];
  readonly cpuMs: number;
  readonly wholeMs: number;
}

/**
 * Two hundred commands a second, every command in turn, each from somebody else: the whole program on
 * the demo desk, with simulator and stand-ins in the same process.
 */
export async function benchChats(): Promise<Row[]> {
  const world = await startChatWorld({ marketWaitMs: MARKET_WAIT_MS });
  const rows: Row[] = [];
  for (const [network, run] of [
    ['Discord', burstDiscord],
    ['Telegram', burstTelegram],
  ] as const) {
    const calm = await run(world, 1);
    await run(world, FIRST);
    const before = level(world);
    const { acks, cpuMs, wholeMs } = await run(world, BURST);
    const after = level(world);
    rows.push(
      {
        name: `${network}, ${BURST} commands at 200 a second: acknowledged, p99`,
        figure: `${ms(percentile(acks, 0.99))}, median ${ms(percentile(acks, 0.5))}`,
        baseline: `one command alone ${ms(calm.acks[0] ?? Number.NaN)}`,
        ratio: '',
      },
      {
        name: `${network}: CPU per command, simulator and stand-in included`,
        figure: `${(cpuMs / BURST).toFixed(1)} ms; all answered after ${(wholeMs / 1000).toFixed(1)} s`,
        baseline: `one command alone ${calm.cpuMs.toFixed(1)} ms`,
        ratio: '',
      },
      {
        name: `${network}: heap after the burst`,
        figure: `${mb(after)}`,
        baseline: `before ${mb(before)}`,
        ratio: (after / before).toFixed(2),
      },
    );
  }
  await world.close();
  return rows;
}

/** Those that answer at once with figures: the others ask back, or refuse in private. */
const ANSWERED = commands.filter(
  (command) =>
    command.access === 'read' && command.name !== 'alerts' && missingOption(command, {}) === null,
);
const lineOf = (index: number) => `/${ANSWERED[index % ANSWERED.length]?.name ?? 'help'}`;

async function burstDiscord({ discord }: ChatWorld, count: number): Promise<Burst> {
  const users = Array.from({ length: count }, () => discord.user({ channel: discord.channel() }));
  return measured(async () => {
    const asked = await inWaves(users, (user, index) => user.slash(lineOf(index)));
    while (!asked.every(({ record: { original } }) => original !== null && !original.isPending)) {
      await pause(20);
    }
    return asked.map(({ record }) => record.acknowledged?.afterMs ?? Number.NaN);
  });
}

let lastPerson = 1_000_000;

async function burstTelegram({ telegram }: ChatWorld, count: number): Promise<Burst> {
  const people = Array.from({ length: count }, () => {
    lastPerson += 1;
    return telegram.person({ id: lastPerson });
  });
  const seen = telegram.requests.length;
  return measured(async () => {
    const typed = await inWaves(people, (person, index) => {
      person.type(lineOf(index));
      return { chat: person.id, at: Date.now() };
    });
    const typedAt = new Map(typed.map(({ chat, at }) => [chat, at]));
    while (!people.every(({ privateChat }) => telegram.shown(privateChat).length > 0)) {
      await pause(20);
    }
    return telegram.requests
      .slice(seen)
      .filter(({ method }) => method === 'sendChatAction')
      .map(({ at, fields }) => at - (typedAt.get(Number(fields['chat_id'])) ?? Number.NaN));
  });
}

async function inWaves<Who, Asked>(
  all: readonly Who[],
  ask: (who: Who, index: number) => Asked,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const [index, who] of all.entries()) {
    asked.push(ask(who, index));
    if (index % WAVE === WAVE - 1) await pause(WAVE_EVERY_MS);
  }
  return asked;
}

async function measured(work: () => Promise<readonly number[]>): Promise<Burst> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const acks = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { acks, cpuMs: (user + system) / 1000, wholeMs: performance.now() - start };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Heap in bytes, without what the stand-ins have written down. */
function level({ discord, telegram, dispatched }: ChatWorld): number {
  const { requests, messages, interactions, channels } = discord.world;
  for (const list of [requests, messages, interactions]) list.length = 0;
  channels.clear();
  telegram.forget();
  dispatched.length = 0;
  collect();
  return process.memoryUsage().heapUsed;
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
}

const pause = (time: number) => new Promise((wake) => setTimeout(wake, time));
const ms = (value: number) => `${Math.round(value)} ms`;
const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
