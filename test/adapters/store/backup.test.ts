import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { tempStore } from '../../fakes/temp-store.ts';

const run = (cwd: string) => promisify(execFile)('sh', ['-c', documentedBackup()], { cwd });

/** The line operators are told to run; `npx` only finds the node that runs this test. */
function documentedBackup(): string {
  const page = fileURLToPath(new URL('../../../docs/store.md', import.meta.url));
  const line = /^npx --no-install node (-e .*)$/m.exec(readFileSync(page, 'utf8'))?.[1];
  if (!line) return expect.fail('docs/store.md no longer says how to back up with node');
  return `"${process.execPath}" ${line}`;
}

test('the documented backup of a store that is being written is whole, and restores', async () => {
  const place = tempStore();
  const cwd = dirname(place.path);
  const store = await place.open();
  await store.facts.put('seed', 'before');
  let isOver = false;
  const writing = (async () => {
    for (let i = 0; !isOver; i += 1) await store.facts.put(`fact ${i}`, 'x'.repeat(1000));
  })();
  await run(cwd);
  isOver = true;
  await writing;
  await store.close();

  const restored = tempStore();
  copyFileSync(join(cwd, 'backup.db'), restored.path);
  const again = await restored.open();
  expect(await again.facts.get('seed')).toEqual({ ok: true, value: 'before' });
  const db = new DatabaseSync(restored.path, { readOnly: true });
  expect(db.prepare('pragma integrity_check').get()).toMatchObject({ integrity_check: 'ok' });
  expect(db.prepare('pragma journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
  db.close();
  await expect(run(cwd)).rejects.toThrow('already exists');
  await place.close();
  await restored.close();
});
