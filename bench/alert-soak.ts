import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fingerprintOf } from '../src/alerts/fingerprint.ts';
import { resolveSettings } from '../src/alerts/resolve-settings.ts';
import type { Sample } from '../src/alerts/sample.ts';
import { createAlertMachine } from '../src/app/watch/alert-machine.ts';
import { rememberedAlerts } from '../src/app/watch/alert-memory.ts';
import { dec } from '../src/domain/decimal.ts';
import type { SendOutcome } from '../src/ports/chat.ts';
import { seededUnit } from '../src/risk/probability/seeded-unit.ts';
import { alertWorld, type World, type WorldOptions } from '../test/app/alerts/alert-world.ts';

// Seven virtual days of random everything: values that wander, data that stops, platforms that refuse,
// people that press, kills. node bench/alert-soak.ts [days] [seed]
const days = Number(process.argv[2] ?? '7');
const unit = seededUnit(Number(process.argv[3] ?? '1'));
const STEP_MS = 5000;
const DAY_MS = 86_400_000;
const ACCOUNTS = 40;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const resolved = resolveSettings({});
if (!resolved.ok) throw new Error('the default rules do not fit together');
const settings = resolved.value;

const options: WorldOptions = {
  places: [
    { id: 'room' },
    { id: 'discord', network: 'discord', isRepeatable: true },
    { id: 'mail', network: 'email', canEdit: false, minLevel: 'CRIT' },
  ],
  routes: [
    {
      match: {},
      to: ['room', 'discord'],
      escalate: [{ afterMs: 300_000, to: ['mail'] }],
    },
  ],
};
const chance = (share: number) => unit() < share;

interface Life {
  readonly world: World;
  readonly machine: ReturnType<typeof createAlertMachine>;
}

async function begin(before: World | null, startsAt: number, offlineSince: number): Promise<Life> {
  const world = await alertWorld({
    ...options,
    startsAt,
    seed: 1 + Math.floor(unit() * 1e6),
    ...(before && { shelf: before.shelf }),
  });
  for (const place of ['room', 'discord', 'mail']) world.script(place, answer);
  const rows = await world.store.load();
  resumed = before && { offlineSince, at: startsAt };
  return {
    world,
    machine: createAlertMachine({
      ...{ settings: () => settings, inhibitions: [], venuesOfBook: () => [] },
      memory: rememberedAlerts(rows.ok ? rows.value : []),
      desk: world.desk,
    }),
  };
}

let resumed: { offlineSince: number; at: number } | null = null;
/** Nothing but one bad hour now and then. */
let badUntil = 0;

function answer(): SendOutcome | null {
  const isBad = life.world.clock.now() < badUntil;
  if (!chance(isBad ? 0.7 : 0.01)) return null;
  const kind = Math.floor(unit() * 4);
  if (kind === 0) return { kind: 'retry', retryAfterMs: unit() * 30_000, scope: 'chat' };
  if (kind === 1) return { kind: 'dead', reason: chance(0.5) ? 'refused' : 'forbidden' };
  if (kind === 2) return { kind: 'retry', retryAfterMs: unit() * 5000, scope: 'network' };
  return { kind: 'unknown' };
}

const values = Array.from({ length: ACCOUNTS }, () => 0.3 + unit() * 0.2);
const stoppedAt = new Map<number, number>();
let sequence = 0;
let life = await begin(null, 1_700_000_000_000, 0);
const heaps: number[] = [];
const counts = { messages: 0, calls: 0, kills: 0, presses: 0, sweeps: 0, lost: 0, unbalanced: 0 };
const begun = performance.now();

for (let step = 0; step < (days * DAY_MS) / STEP_MS; step += 1) {
  const { world, machine } = life;
  const now = world.clock.now();
  if (chance(0.0002)) badUntil = now + unit() * 3_600_000;
  const samples = values.map((_, index) => sampleOf(index, now));
  await machine.take({ samples, happenings: [], now, staleAfterMs: 30_000, resumed });
  await world.pass(STEP_MS, STEP_MS);
  if (chance(0.01)) await pressSomething(world);
  if (step % 3 === 0) await sweep(world);
  counts.messages += world.drain().length;
  counts.calls += world.calls.splice(0).length;
  if (chance(0.0005)) await restart(world);
  // The desk forgets after an hour and after a day; history is another place's business.
  world.shelf.events.length = 0;
  if (step % (DAY_MS / STEP_MS) === 0) report(Math.round((step * STEP_MS) / DAY_MS));
}
badUntil = 0;
await life.world.pass(7 * 3_600_000, 30_000);
await sweep(life.world);
report(days);

const { desk } = life.world;
const { taken, delivered, absorbed, suppressed, cancelled, pending } = desk.balance();
const seconds = (performance.now() - begun) / 1000;
const [first = 0] = heaps.slice(1);
const last = heaps.at(-1) ?? 0;
process.stdout.write(
  [
    `${days} days, ${ACCOUNTS} accounts in ${seconds.toFixed(0)} s: ${JSON.stringify(counts)}`,
    `taken ${taken} = delivered ${delivered} + absorbed ${absorbed} + suppressed ${suppressed} + cancelled ${cancelled} + pending ${pending}`,
    `heap after the first day ${first.toFixed(1)} MB, at the end ${last.toFixed(1)} MB`,
    '',
  ].join('\n'),
);
process.exit(counts.lost + counts.unbalanced > 0 || last > first * 1.3 + 5 ? 1 : 0);

function sampleOf(index: number, now: number): Sample {
  const walked = (values[index] ?? 0.5) + (unit() - 0.5) * 0.02;
  values[index] = Math.min(0.95, Math.max(0.05, walked + (0.42 - walked) * 0.002));
  const stopped = stoppedAt.get(index);
  if (stopped === undefined && chance(0.0005)) stoppedAt.set(index, now);
  if (stopped !== undefined && chance(0.01)) stoppedAt.delete(index);
  const subject = { kind: 'account', venue: 'bybit', account: `desk-${index}` } as const;
  if (stopped === undefined) sequence += 1;
  return {
    fingerprint: fingerprintOf('marginUsage', subject),
    ...{ rule: 'marginUsage', subject, scope: { account: null, asset: null, books: [] } },
    value: dec((values[index] ?? 0.5).toFixed(6)),
    ...{ sequence, observedAt: stopped ?? now, values: {}, forMs: {}, facts: {} },
    ...{ presence: 'present', data: 'fresh' },
  };
}

async function pressSomething({ desk: at }: World): Promise<void> {
  const open = at.open();
  const chosen = open[Math.floor(unit() * open.length)];
  if (chosen === undefined) return;
  counts.presses += 1;
  const verb = chance(0.7) ? 'ack' : 'snooze';
  await at.press({ incident: chosen.id, verb, forMs: null, by: 'lee' });
  if (!chance(0.1)) return;
  const match = { account: `desk-${Math.floor(unit() * ACCOUNTS)}` };
  const asked = { kind: 'make', by: 'ops', match, level: 'CRIT', reason: 'soak' } as const;
  await at.silence({ ...asked, forMs: 60_000 + unit() * 3_600_000 });
}

async function sweep({ desk: at }: World): Promise<void> {
  counts.sweeps += 1;
  const swept = await at.sweep();
  if (!swept.ok) return;
  counts.lost += swept.value.lost.length;
  if (swept.value.difference !== 0) counts.unbalanced += 1;
}

/** Killed in the middle of whatever it did, and away for seconds or for an hour. */
async function restart(world: World): Promise<void> {
  counts.kills += 1;
  world.kill();
  const now = world.clock.now();
  life = await begin(world, now + (chance(0.8) ? 3000 : unit() * 3_600_000), now);
}

function report(day: number): void {
  collect();
  const heap = process.memoryUsage().heapUsed / 1e6;
  heaps.push(heap);
  const rows = life.world.shelf.rows.size;
  const { taken: all, difference } = life.world.desk.balance();
  process.stdout.write(
    `day ${day}: heap ${heap.toFixed(1)} MB, ${rows} rows, ${all} intents, difference ${difference}\n`,
  );
}
