import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tempStore } from '../../fakes/temp-store.ts';
import { TORTURE } from './numbered-rows.ts';

const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));
const EACH = 200;

/** A process that appends from a number on, stopped after so many; what it said was done. */
function append(path: string, first: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, path, String(first), '4'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (text.split('\n').length > EACH) child.kill('SIGKILL');
  });
  return new Promise((resolve) =>
    child.once('close', () => resolve(text.split('\n').slice(0, -1))),
  );
}

test('three processes that make and fill one store at once lose nothing', async () => {
  const place = tempStore();
  const told = await Promise.all([0, 1_000_000, 2_000_000].map((at) => append(place.path, at)));
  const store = await place.open();
  const read = await store.candles.read({
    instrument: TORTURE,
    interval: TORTURE.interval,
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
  });
  if (!read.ok) return expect.fail(read.error.kind);
  const numbers = new Set(read.value.map(({ open }) => String(open)));
  expect(told.flat().filter((line) => !numbers.has(line))).toEqual([]);
  for (const lines of told) expect(lines.length).toBeGreaterThanOrEqual(EACH);
  await place.close();
});
