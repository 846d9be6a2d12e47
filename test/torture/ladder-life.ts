import type { ConsentTo } from '../../src/app/actions/action-desk.ts';
import type { ActionsRunning } from '../../src/app/actions/create-actions.ts';
import { dec } from '../../src/domain/decimal.ts';
import {
  APPROVER,
  type LadderOptions,
  type ladderWorld,
  OTHER,
  TRADER,
} from '../app/actions/ladder-world.ts';
import type { WriterFault } from '../fakes/fake-writer.ts';
import { dying } from './dying.ts';
import { randomRequest } from './random-request.ts';
import type { Chances } from './seeded.ts';

export type World = ReturnType<typeof ladderWorld>;

/** What the venue does to a call. Not that it does it twice: nobody can prevent that by asking once. */
const FAULTS: readonly WriterFault[] = [
  ...([{ kind: 'accept-then-reset' }, { kind: 'reset-before' }] as const),
  ...([{ kind: 'accept-then-hang' }, { kind: 'hang-before' }, { kind: 'partly' }] as const),
  ...([{ kind: 'refuse', reason: 'insufficient-balance' }] as const),
  ...([1, 3, 9].map((reads) => ({ kind: 'delayed-visibility', reads })) as WriterFault[]),
];
const NETWORKS = ['discord', 'telegram', 'terminal'] as const;

/** Somebody who asks and clicks, many times and from everywhere, while the process may be lost at any call. */
export async function liveOnce(world: World, chances: Chances): Promise<void> {
  for (const writer of [world.a, world.b]) {
    if (chances.often(0.7)) writer.faults.push(chances.pick(FAULTS));
  }
  const tokens: string[] = [];
  for (let life = 1 + chances.below(3); life > 0; life -= 1) {
    const death = dying(1 + chances.below(45), chances.pick(['before', 'after']));
    const isMortal = chances.often(0.8);
    const options: LadderOptions = isMortal
      ? { wrapStore: death.wrap, wrapWriter: death.wrap }
      : {};
    const over = dayOf(world, world.start(options), { tokens, chances });
    await passing(world, isMortal ? Promise.race([over, death.died]) : over);
    await catchUp(world);
    if (chances.often(0.4)) await world.clock.advance(chances.below(40_000));
  }
  await world.clock.advance(660_000);
  const last = world.start();
  await last.recover();
  for (let look = 0; look < 6; look += 1) await last.settle();
  await passing(world, clickAll(last, tokens, chances));
}

/** Within half a minute a venue shows what it has accepted: the ladder counts on that. */
async function catchUp({ a, b }: World): Promise<void> {
  const { signal } = new AbortController();
  for (let read = 0; read < 10; read += 1) {
    await Promise.all([a.wallet('USDT', signal), b.wallet('USDT', signal)]);
  }
}

async function dayOf(
  world: World,
  actions: ActionsRunning,
  { tokens, chances }: { readonly tokens: string[]; readonly chances: Chances },
): Promise<void> {
  await actions.recover();
  if (tokens.length > 0) await clickAll(actions, tokens, chances);
  for (let asks = 1 + chances.below(2); asks > 0; asks -= 1) {
    const made = await actions
      .of(chances.pick([TRADER, OTHER]))
      .propose(randomRequest(world.handle(), chances));
    if (made.ok) tokens.push(made.value.token);
  }
  if (chances.often(0.15)) moveMark(world);
  await clickAll(actions, tokens, chances);
  if (chances.often(0.5)) await actions.settle();
  await clickAll(actions, tokens, chances);
}

/** Every token, by its asker twice at once and by the approver twice at once, from two networks; in any order. */
async function clickAll(
  actions: ActionsRunning,
  tokens: string[],
  chances: Chances,
): Promise<void> {
  const clicks = tokens.flatMap((token) => [
    ...[TRADER, TRADER, OTHER].map((by) => async () => {
      const desk = actions.of({ ...by, network: chances.pick(NETWORKS) });
      const answer = await desk.confirm({ token, typed: null });
      if (answer.ok || answer.error.kind !== 'type-amount') return answer;
      return desk.confirm({ token, typed: answer.error.amount.toString() });
    }),
    ...[APPROVER, APPROVER].map((by) => () => actions.of(by).approve(tokenOf(token))),
    ...(chances.often(0.05) ? [() => actions.of(TRADER).cancel(token)] : []),
  ]);
  const made = await Promise.all(shuffled(clicks, chances).map((click) => click()));
  for (const answer of made) {
    // The mark has moved, and there is a new card: people click on that as well.
    if (answer.ok && !tokens.includes(answer.value.token)) tokens.push(answer.value.token);
  }
}

const tokenOf = (token: string): ConsentTo => ({ token, typed: null });

function shuffled<T>(items: readonly T[], chances: Chances): T[] {
  return items
    .map((item) => ({ item, at: chances.unit() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function moveMark({ a, leg }: World): void {
  const held = a.legs.get(leg);
  if (held?.markPrice) a.legs.set(leg, { ...held, markPrice: held.markPrice.times(dec('1.01')) });
}

/** Time goes by until the work is over, or every deadline is. */
async function passing(world: World, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  void work.then(() => {
    isOver = true;
  });
  for (let round = 0; round < 80 && !isOver; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (round === 6) await catchUp(world);
    if (!isOver) await world.clock.advance(2500);
  }
}
