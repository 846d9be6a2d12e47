import { spawnSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { startWriter, type WriterData } from '../../../src/adapters/store/start-writer.ts';
import type { Batch } from '../../../src/adapters/store/statement.ts';
import { tempStore } from '../../fakes/temp-store.ts';

const BATCH: Batch = [{ sql: 'insert or replace into fact values (?, ?)', parameters: ['a', 'b'] }];
const CRASHED = { ok: false, error: { kind: 'crashed' } };

const place = tempStore();
afterEach(() => place.close());

async function writerOnNewStore() {
  await (await place.open()).close();
  const workerData: WriterData = { path: place.path };
  const url = new URL('../../../src/adapters/store/writer.ts', import.meta.url);
  const worker = new Worker(url, { workerData });
  return { worker, writer: startWriter(worker) };
}

describe('startWriter', () => {
  test('when the thread dies every write under way is answered, and so is every later one', async () => {
    const { worker, writer } = await writerOnNewStore();
    expect((await writer.write(BATCH)).ok).toBe(true);
    const underWay = Array.from({ length: 100 }, () => writer.write(BATCH));
    await worker.terminate();
    const answers = await Promise.all(underWay);
    // Some may have been written before the end; none waits for ever.
    for (const answer of answers) if (!answer.ok) expect(answer).toEqual(CRASHED);
    expect(answers.at(-1)).toEqual(CRASHED);
    expect(writer.fault()).toEqual({ kind: 'crashed' });
    expect(await writer.write(BATCH)).toEqual(CRASHED);
    await writer.close();
    expect(writer.fault()).toEqual({ kind: 'crashed' });
  });

  test('a fault inside the thread is a crash, not the end of the program', async () => {
    const worker = new Worker('setTimeout(() => { throw new Error("bug") }, 1)', { eval: true });
    const writer = startWriter(worker);
    expect(await writer.write(BATCH)).toEqual(CRASHED);
    expect(writer.fault()).toEqual({ kind: 'crashed' });
  });

  test('a disk that hangs does not fill the memory: what is too much is refused at once', async () => {
    const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
    const writer = startWriter(worker);
    const waiting = Array.from({ length: 10_000 }, () => writer.write(BATCH));
    expect(await writer.write(BATCH)).toEqual({ ok: false, error: { kind: 'busy' } });
    await worker.terminate();
    expect(await waiting[0]).toEqual(CRASHED);
  });

  test('a close with a write under way is waited for: nothing else may be keeping the program', () => {
    const url = new URL('../../../src/adapters/store/open-store.ts', import.meta.url);
    const script = `
      const { openStore } = await import(${JSON.stringify(url.href)});
      const { value: store } = await openStore({ path: ${JSON.stringify(place.path)} });
      void store.facts.put('a', 'b');
      await store.close();
      console.log('closed');`;
    const flags = ['--input-type=module', '--eval', script];
    const child = spawnSync(process.execPath, flags, { encoding: 'utf8' });
    expect([child.stdout, child.status]).toEqual(['closed\n', 0]);
  });
});
