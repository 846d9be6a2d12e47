import { expect, test } from 'vitest';
import { auditFaults } from '../../src/actions/audit-chain.ts';
import { fromBody } from '../../src/app/actions/action-record.ts';
import type { StoredAction } from '../../src/ports/action-store.ts';
import { sha256 } from '../actions/a-preview.ts';
import { ladderWorld } from '../app/actions/ladder-world.ts';
import { liveOnce, type World } from './ladder-life.ts';
import { seeded } from './seeded.ts';

/** The whole torture is 10,000; the suite has a part of it. */
const RUNS = Number(process.env['PLIMSOLL_RUNS'] ?? 300);
const FIRST = Number(process.env['PLIMSOLL_SEED'] ?? 1);

test(`${RUNS} lives of the ladder: at most one effect each, none lost, nothing claimed that is not shown`, async () => {
  const ends = new Map<string, number>();
  let effects = 0;
  for (let seed = FIRST; seed < FIRST + RUNS; seed += 1) {
    const world = ladderWorld();
    await liveOnce(world, seeded(seed));
    effects += world.a.effects.length;
    for (const row of world.shelf.actions.values()) {
      judge(world, row, `seed ${seed}`);
      const end = `${row.kind} ${row.state}`;
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    judgeWorld(world, `seed ${seed}`);
  }
  if (RUNS >= 10_000)
    console.info({ runs: RUNS, effects, ends: Object.fromEntries([...ends].sort()) });
  // The runs must have been worth something: acts done, refused and expired, of every kind.
  for (const kind of ['add-margin', 'remove-margin', 'set-stops', 'reduce', 'transfer']) {
    for (const state of ['done', 'refused', 'expired'] as const) {
      expect(ends.get(`${kind} ${state}`) ?? 0, `${kind} ${state}`).toBeGreaterThan(0);
    }
  }
}, 3_600_000);

function judge({ a, b, shelf }: World, row: StoredAction, why: string): void {
  const said = `${why}: ${row.kind} ${row.state}`;
  const effects = [...a.effects, ...b.effects].filter((each) => each === row.id).length;
  const sent = [...a.sent, ...b.sent].filter(({ clientRef }) => clientRef === row.id).length;
  expect(effects, said).toBeLessThanOrEqual(1);
  expect(sent, said).toBeLessThanOrEqual(1);
  expect(['approved', 'executing'], said).not.toContain(row.state);
  if (row.state === 'done') expect(effects, said).toBe(1);
  if (['refused', 'expired', 'cancelled', 'pending'].includes(row.state)) {
    expect(effects, said).toBe(0);
  }
  const { record } = fromBody(row, sha256);
  // Only what others have changed meanwhile, or a pair that is half there, is left to a person.
  if (row.state === 'unknown') {
    expect(['half-done', 'something-else'], said).toContain(record.because);
    if (record.because === 'half-done') expect(row.kind, said).toBe('set-stops');
  }
  const whats = shelf.lines
    .filter(({ entry }) => entry['action'] === row.id)
    .map(({ entry }) => entry['what']);
  expect(whats.filter((what) => what === 'intent').length, said).toBe(
    record.sentAt === null ? 0 : 1,
  );
  if (sent > 0) expect(whats.indexOf('intent'), said).toBeGreaterThan(whats.indexOf('preview'));
}

/** Every effect has an intent on record, and the chain is whole. */
function judgeWorld({ a, b, shelf }: World, why: string): void {
  for (const id of [...a.effects, ...b.effects]) expect(shelf.actions.has(id), why).toBe(true);
  const last = shelf.lines.at(-1);
  const head = last ? { sequence: last.sequence, hash: last.hash } : null;
  expect(auditFaults(shelf.lines, { head, hash: sha256 }), why).toEqual([]);
}
