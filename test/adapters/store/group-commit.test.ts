import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectReader, connectWriter } from '../../../src/adapters/store/connect.ts';
import { groupCommit } from '../../../src/adapters/store/group-commit.ts';
import type { Batch } from '../../../src/adapters/store/statement.ts';

let folder = '';
let db: DatabaseSync;
let reader: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-group-'));
  db = connectWriter(join(folder, 'x.db'));
  db.exec('pragma journal_mode = wal; create table t (a integer primary key, b text) strict');
  reader = connectReader(join(folder, 'x.db'));
});
afterEach(() => {
  reader.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (a: number, b = 'x'): Batch[number] => ({
  sql: 'insert into t values (?, ?)',
  parameters: [a, b],
});
const stored = () =>
  reader
    .prepare('select a from t order by a')
    .all()
    .map(({ a }) => a);
const kinds = (answers: ReturnType<ReturnType<typeof groupCommit>>) =>
  answers.map((answer) => (answer.ok ? answer.value : answer.error.kind));

describe('groupCommit', () => {
  test('the connection waits for the disk at each commit', () => {
    const pragma = (name: string) => Object.values(db.prepare(`pragma ${name}`).get() ?? {})[0];
    expect([pragma('synchronous'), pragma('foreign_keys'), pragma('busy_timeout')]).toEqual([
      2, 1, 5000,
    ]);
  });

  test('a batch that fails halfway leaves nothing, and the others are done', () => {
    const answers = groupCommit(db)([
      [insert(1), insert(2)],
      [insert(3), insert(1), insert(4)],
      [insert(5), { sql: 'no sql at all', parameters: [] }],
      [insert(6), { sql: 'update t set b = ? where a > ?', parameters: ['y', 1] }],
    ]);
    expect(kinds(answers)).toEqual([[1, 1], 'refused', 'refused', [1, 2]]);
    expect(stored()).toEqual([1, 2, 6]);
  });

  test('a batch whose guard touches other than one row is undone, and the others are done', () => {
    const guard = (sql: string) => ({ sql, parameters: [], isGuard: true as const });
    const answers = groupCommit(db)([
      [insert(1), insert(2)],
      [insert(3), guard("update t set b = 'y' where a = 9"), insert(4)],
      [insert(5), guard("update t set b = 'y' where a < 3")],
      [guard("update t set b = 'y' where a = 1"), insert(6)],
    ]);
    expect(kinds(answers)).toEqual([[1, 1], 'missed', 'missed', [1, 1]]);
    expect(answers[1]).toEqual({ ok: false, error: { kind: 'missed', at: 1 } });
    expect(stored()).toEqual([1, 2, 6]);
  });

  test('a full disk fails what does not fit, keeps what was acknowledged, and passes', () => {
    const commit = groupCommit(db);
    expect(kinds(commit([[insert(1)]]))).toEqual([[1]]);
    db.exec('pragma max_page_count = 4');
    const big = 'x'.repeat(100_000);
    expect(kinds(commit([[insert(2, big)], [insert(3, big)]]))).toEqual(['full', 'full']);
    expect(stored()).toEqual([1]);
    db.exec('pragma max_page_count = 100000');
    expect(kinds(commit([[insert(2, big)]]))).toEqual([[1]]);
    expect(stored()).toEqual([1, 2]);
  });

  test('another process that holds the store too long makes it busy, not broken', () => {
    const other = connectWriter(join(folder, 'x.db'));
    db.exec('pragma busy_timeout = 20');
    const commit = groupCommit(db);
    other.exec('begin immediate');
    expect(kinds(commit([[insert(1)], [insert(2)]]))).toEqual(['busy', 'busy']);
    other.exec('commit');
    other.close();
    expect(kinds(commit([[insert(1)]]))).toEqual([[1]]);
  });
});
