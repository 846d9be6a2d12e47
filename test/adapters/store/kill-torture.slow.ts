import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { tempStore } from '../../fakes/temp-store.ts';
import { type Found, tortureLane } from './torture-lane.ts';

const KILLS = Number(process.env['PLIMSOLL_KILLS'] ?? '20');
/** Side by side, each on a store of its own: starting a process costs more than what follows. */
const LANES = 4;

/** What lies in the file, without the program: the next life shows that the program can open it. */
async function look(path: string): Promise<Found> {
  const db = new DatabaseSync(path);
  try {
    const hasTable = db.prepare("select 1 from sqlite_master where name = 'candle'").get();
    const rows = hasTable ? db.prepare('select open_time from candle').all() : [];
    const check = db.prepare('pragma integrity_check').get();
    return {
      openTimes: rows.map((row) => Number(row['open_time'])),
      integrity: check?.['integrity_check'],
    };
  } finally {
    db.close();
  }
}

/** One store through many lives, which opens clean after the last. */
async function lane(seed: number, kills: number): Promise<number> {
  const place = tempStore();
  const total = await tortureLane(
    {
      path: place.path,
      cache: dirname(place.path),
      kill: (child) => void child.kill('SIGKILL'),
      look: () => look(place.path),
      errors: [],
    },
    { seed, kills },
  );
  await place.open();
  await place.close();
  return total;
}

test(`${KILLS} kills at any moment lose no acknowledged row, tear no call, and the store opens clean`, {
  timeout: Math.max(60_000, KILLS * 2000),
}, async () => {
  const each = Math.ceil(KILLS / LANES);
  const counts = await Promise.all(Array.from({ length: LANES }, (_, i) => lane(i + 1, each)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan(KILLS * 10);
  if (process.env['PLIMSOLL_KILLS']) console.info(`${each * LANES} kills, ${total} acknowledged`);
});
