import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPostgres, NEEDED, tempDatabase } from '../../../fakes/temp-postgres.ts';
import { chainClock, everyPoint, killChain } from './kill-chain.ts';
import type { KillPoint } from './life-plan.ts';
import { startPlatform } from './platforms.ts';

/** Chains of sixteen kills each. */
const CHAINS = Number(process.env['PLIMSOLL_ALERT_KILLS'] ?? '1');
const TIMEOUT = CHAINS * 300_000;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Proof {
  readonly network: 'discord' | 'telegram';
  readonly store: string;
  readonly seed: number;
  readonly points: readonly KillPoint[];
}

async function prove({ network, store, seed, points }: Proof) {
  const clock = chainClock();
  const platform = await startPlatform(network, clock.now);
  try {
    const cache = join(folder, 'cache');
    const tally = await killChain({ store, cache, platform, clock, points, seed });
    expect({ ...tally, early: platform.early() }).toMatchObject({
      ...{ kills: points.length, lost: [], untagged: [], tooMany: [], wrong: [], early: 0 },
      // Nobody sees a second one where the platform can tell; elsewhere each is marked as such.
      ...(network === 'discord' ? { tagged: 0 } : {}),
    });
    return tally;
  } finally {
    await platform.close();
  }
}

const seeds = Array.from({ length: CHAINS }, (_, index) => index + 1);

test.concurrent.each(['discord', 'telegram'] as const)(
  `27 · killed at C0 to C15 over SQLite, %s: nothing lost, no second message unmarked`,
  { timeout: TIMEOUT },
  async (network) => {
    for (const seed of seeds) {
      const tally = await prove({
        ...{ network, seed, points: everyPoint, store: join(folder, `${network}-${seed}.db`) },
      });
      report(`SQLite, ${network}`, seed, tally);
    }
  },
);

describe.skipIf(!hasPostgres)(`over PostgreSQL (${NEEDED})`, () => {
  test.concurrent.each(['discord', 'telegram'] as const)(
    `27 · killed at C0 to C15 over PostgreSQL, %s`,
    { timeout: TIMEOUT },
    async (network) => {
      for (const seed of seeds) {
        const database = await tempDatabase();
        report(
          `PostgreSQL, ${network}`,
          seed,
          await prove({
            network,
            store: database.url,
            seed: 1000 + seed,
            points: pointsFor(network),
          }),
        );
        await database.drop();
      }
    },
  );
});

/** The short run takes every point once, half of them on each network: SQLite has them all on both. */
function pointsFor(network: Proof['network']): readonly KillPoint[] {
  if (CHAINS > 1) return everyPoint;
  return everyPoint.filter((_, index) => (index % 2 === 0) === (network === 'discord'));
}

function report(where: string, seed: number, tally: object): void {
  if (CHAINS > 1) console.info(where, seed, JSON.stringify(tally));
}
