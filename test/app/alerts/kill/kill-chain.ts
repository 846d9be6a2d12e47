import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { seededUnit } from '../../../../src/risk/probability/seeded-unit.ts';
import { fastNow, type KillPoint, type LifePlan, type LifeWord, POINTS } from './life-plan.ts';
import type { Platform } from './platforms.ts';

const CHILD = fileURLToPath(new URL('./life.ts', import.meta.url));

/** The time of one chain: of its platform and of each of its lives. */
export function chainClock() {
  const startedAt = Date.now();
  let aheadMs = 0;
  return {
    startedAt,
    aheadMs: () => aheadMs,
    now: () => fastNow(startedAt) + aheadMs,
    goAhead: (ms: number) => {
      aheadMs += ms;
    },
  };
}

/** What a chain of lives came to. */
export interface Tally {
  readonly kills: number;
  readonly alerts: number;
  readonly lost: readonly string[];
  /** Second copies that nobody was warned of. */
  readonly untagged: readonly string[];
  /** Second copies that say that they may be one. */
  readonly tagged: number;
  /** Copies beyond one for each message that was on its way at a kill. */
  readonly tooMany: readonly string[];
  readonly wrong: readonly string[];
}

interface Chain {
  readonly store: string;
  readonly cache: string;
  readonly platform: Platform;
  readonly clock: ReturnType<typeof chainClock>;
  readonly points: readonly KillPoint[];
  readonly seed: number;
}

/** One store through a life for each point, each of which is killed there; a last one shows what is left. */
export async function killChain(chain: Chain): Promise<Tally> {
  const { store, platform, clock, points, seed } = chain;
  const unit = seededUnit(seed);
  const accounts: string[] = [];
  const escalated: string[] = [];
  const wrong: string[] = [];
  let wasAt: KillPoint | null = null;
  const live = async (end: KillPoint | null) => {
    const count = end === null || end === 'opening' ? 0 : 1 + Math.floor(unit() * 3);
    const fresh = Array.from({ length: count }, (_, index) => ({
      account: `k${seed}x${accounts.length + index}`,
      level: index === 0 ? ('CRIT' as const) : ('EMERG' as const),
    }));
    // What is not in the store when the next life looks fires again, as it would in the next reading.
    const pass = 1 + Math.floor(unit() * Math.max(1, end?.startsWith('T') ? count : 1));
    const { network, url, token, application, chats } = platform;
    const plan: LifePlan = {
      ...{ store, network, url, token, application, chats, fresh, end, pass },
      ...{ before: [...accounts], startedAt: clock.startedAt, aheadMs: clock.aheadMs() },
    };
    const words = await runLife(plan, { ...chain, delayMs: unit() * 200 });
    if (end !== 'opening') {
      wrong.push(...faultsAfter(wasAt, words));
      wasAt = end;
    }
    accounts.push(...fresh.map(({ account }) => account));
    if (end?.startsWith('timer')) escalated.push(...fresh.map(({ account }) => account));
  };
  for (const point of points) await live(point);
  await live(null);
  return { kills: points.length, wrong, ...count(platform, { accounts, escalated }) };
}

/** What the life after that end should have found otherwise. */
function faultsAfter(end: KillPoint | null, words: readonly LifeWord[]): string[] {
  const told = words.find((word) => word.kind === 'recovered');
  if (told === undefined) return [`after ${end}: never recovered`];
  const hands = Object.values(told.acked);
  const isUneven = Object.values(told.balance).some((each) => each !== 0);
  return [
    ...(isUneven ? [`after ${end}: ${JSON.stringify(told.balance)}`] : []),
    ...(end === 'press inside' && hands.some(Boolean) ? ['a hand that was never kept'] : []),
    ...(end === 'press after' && !hands.includes('lee') ? ['a hand that was forgotten'] : []),
  ];
}

function count(
  platform: Platform,
  of: { readonly accounts: readonly string[]; readonly escalated: readonly string[] },
): Omit<Tally, 'kills' | 'wrong'> {
  const isFirst = (text: string) => !/Over after|Over: /.test(text);
  const room = platform.sent(0).filter((text) => isFirst(text) && !text.includes('Reminder'));
  const second = platform.sent(1).filter((text) => text.includes('Escalated'));
  const copies = [
    ...of.accounts.map((account) => ({ name: account, texts: about(room, account) })),
    ...of.escalated.map((account) => ({ name: `${account} 2nd`, texts: about(second, account) })),
  ];
  const more = copies.flatMap(({ name, texts }) => texts.slice(1).map((text) => ({ name, text })));
  const isTagged = ({ text }: { readonly text: string }) => text.includes('Possible repeat');
  return {
    alerts: copies.length,
    lost: copies.filter(({ texts }) => texts.length === 0).map(({ name }) => name),
    untagged: more.filter((each) => !isTagged(each)).map(({ name, text }) => `${name}: ${text}`),
    tagged: more.filter(isTagged).length,
    tooMany: copies.filter(({ texts }) => texts.length > 2).map(({ name }) => name),
  };
}

function about(texts: readonly string[], account: string): readonly string[] {
  return texts.filter((text) => new RegExp(`${account}\\b`).test(text));
}

/** Lives one life to its end, which has to be the one that was wanted. */
async function runLife(
  plan: LifePlan,
  at: Pick<Chain, 'cache' | 'platform' | 'clock'> & { readonly delayMs: number },
): Promise<LifeWord[]> {
  const { child, words, ended } = begin(plan, at.cache);
  const kill = () => void child.kill('SIGKILL');
  const { end } = plan;
  if (end === 'opening') {
    await opened(plan.store, at.delayMs);
    kill();
  }
  words.on((word) => {
    if (word.kind === 'ahead') at.clock.goAhead(word.ms);
    if (word.kind === 'armed' && (end === 'half a request' || end === 'no answer')) {
      at.platform.cutNext(end, kill);
    }
    if (word.kind === 'frozen') void succeed(child, plan, at);
  });
  const signal = await ended;
  const wanted = end === null || end === 'frozen' ? null : 'SIGKILL';
  expect(signal, `the end at ${end}`).toBe(wanted);
  if (end === 'frozen') {
    expect(words.said.at(-1), 'who wakes up after his successor').toEqual({
      ...{ kind: 'done', isFenced: true },
    });
  }
  return words.said;
}

/** The next process takes the lead while the old one stands still; then that one wakes up. */
async function succeed(
  frozen: ChildProcess,
  plan: LifePlan,
  { cache, clock }: Pick<Chain, 'cache' | 'clock'>,
): Promise<void> {
  const before = [...plan.before, ...plan.fresh.map(({ account }) => account)];
  const next = begin({ ...plan, fresh: [], before, end: null, aheadMs: clock.aheadMs() }, cache);
  next.words.on((word) => {
    if (word.kind === 'ahead') clock.goAhead(word.ms);
  });
  await next.ended;
  frozen.kill('SIGCONT');
}

function begin(plan: LifePlan, cache: string) {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  const said: LifeWord[] = [];
  const listeners: ((word: LifeWord) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const word = JSON.parse(line) as LifeWord;
    said.push(word);
    for (const listen of listeners) listen(word);
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_code, signal) => resolve(signal));
  });
  return { child, words: { said, on: listeners.push.bind(listeners) }, ended };
}

/** When the store's file appears, and a moment more; of a store without a file the moment alone. */
async function opened(store: string, moreMs: number): Promise<void> {
  const folder = dirname(store);
  if (existsSync(folder) && !existsSync(store)) {
    await new Promise<void>((resolve) => {
      const watcher = watch(folder, (_event, name) => {
        if (name !== basename(store)) return;
        watcher.close();
        resolve();
      });
    });
    await sleep(moreMs / 20);
  } else await sleep(150 + moreMs * 2);
}

/** Every point once, the opening first: a store is made only once. */
export const everyPoint: readonly KillPoint[] = [
  'opening',
  ...POINTS.map(({ at }) => at).filter((at) => at !== 'opening'),
];
