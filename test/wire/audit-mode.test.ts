import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuditLine, nextLine } from '../../src/actions/audit-chain.ts';
import { openAudit } from '../../src/adapters/store/open-audit.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { auditText, isIntact } from '../../src/app/audit-text.ts';
import { checkAudit } from '../../src/app/check-audit.ts';
import { createTranslate } from '../../src/replies/translate.ts';

const START_FILE = fileURLToPath(new URL('../../start.mjs', import.meta.url));
/** More than two pages. */
const LINES = 2100;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const say = createTranslate('en');

let folder = '';
let whole = '';
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-audit-'));
  whole = join(folder, 'whole.db');
  const store = await openStore({ path: whole });
  if (!store.ok) return expect.fail(store.error.kind);
  const notes = Array.from({ length: LINES }, (_, i) => ({
    at: 1_764_000_000_000 + i,
    what: 'consent',
    actor: `trader-${i % 7}`,
    amount: `${i}.10`,
  }));
  await store.value.actions.note(notes);
  await store.value.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tampered(how: (db: DatabaseSync) => void): string {
  count += 1;
  const path = join(folder, `copy-${count}.db`);
  copyFileSync(whole, path);
  const db = new DatabaseSync(path);
  how(db);
  db.close();
  return path;
}

async function verified(path: string): Promise<{ isIntact: boolean; text: readonly string[] }> {
  const audit = await openAudit(path);
  if (!audit.ok) return expect.fail(audit.error.kind);
  const verdict = await checkAudit(audit.value, sha256);
  await audit.value.close();
  if (!verdict.ok) return expect.fail(verdict.error.kind);
  return {
    isIntact: isIntact(verdict.value),
    text: auditText(verdict.value, { place: 'copy', say }),
  };
}

const sql = (text: string) => (db: DatabaseSync) => db.exec(text);
const edit = (field: string, value: string) => (db: DatabaseSync) =>
  db.exec(
    `update audit_line set entry = json_set(entry, '$.${field}', ${value}) where sequence = 1500`,
  );

function lineAt(db: DatabaseSync, sequence: number): AuditLine {
  const row = db.prepare('select * from audit_line where sequence = ?').get(sequence);
  return {
    sequence,
    previous: String(row?.['previous']),
    hash: String(row?.['hash']),
    entry: JSON.parse(String(row?.['entry'])) as AuditLine['entry'],
  };
}

function put(db: DatabaseSync, { sequence, previous, entry, hash }: AuditLine): void {
  db.prepare('insert or replace into audit_line values (?, ?, ?, ?)').run(
    sequence,
    previous,
    JSON.stringify(entry),
    hash,
  );
}

/** A line as the program itself would have written it in that place, with another amount. */
function forged(db: DatabaseSync, sequence: number): AuditLine {
  const { previous, entry } = lineAt(db, sequence);
  return nextLine({ sequence: sequence - 1, hash: previous }, { ...entry, amount: '1' }, sha256);
}

const TAMPERINGS: readonly {
  readonly why: string;
  readonly how: (db: DatabaseSync) => void;
  readonly says: readonly RegExp[];
}[] = [
  { why: 'another actor', how: edit('actor', "'nobody'"), says: [/^Line 1500 .* was changed/] },
  { why: 'another amount', how: edit('amount', "'9'"), says: [/^Line 1500 .* was changed/] },
  { why: 'another time', how: edit('at', '1'), says: [/^Line 1500 \(consent, 1970.* was changed/] },
  { why: 'a key more', how: edit('note', "'ok'"), says: [/^Line 1500 .* was changed/] },
  {
    why: 'a line out of the middle is gone',
    how: sql('delete from audit_line where sequence = 1000'),
    says: [/^Before line 1001 .* missing/],
  },
  {
    why: 'the last line is gone',
    how: sql(`delete from audit_line where sequence = ${LINES}`),
    says: [/^The end is cut off: 2100 lines were written, the last one here is 2099/],
  },
  {
    why: 'the first line is gone',
    how: sql('delete from audit_line where sequence = 1'),
    says: [/^Before line 2 .* missing/],
  },
  {
    why: 'every line is gone',
    how: sql('delete from audit_line'),
    says: [/^The end is cut off: 2100 lines were written, the last one here is 0/],
  },
  {
    why: 'two lines are exchanged',
    how: sql(
      `update audit_line set sequence = -1 where sequence = 5;
       update audit_line set sequence = 5 where sequence = 6;
       update audit_line set sequence = 6 where sequence = -1`,
    ),
    says: [
      /^Line 5 .* was changed/,
      /^Line 6 .* was changed/,
      /^Line 7 .* does not continue the line before it/,
    ],
  },
  {
    why: 'a line stands twice',
    how: sql(
      'insert into audit_line select 2101, previous, entry, hash from audit_line where sequence = 7',
    ),
    says: [/^Line 2101 .* was changed/, /^The last line is not the one/],
  },
  {
    why: 'a foreign line before the first',
    how: (db) => put(db, nextLine({ sequence: -6, hash: 'x' }, { what: 'nothing', at: 1 }, sha256)),
    says: [/^Line -5 .* does not stand where it was written/],
  },
  {
    why: 'a foreign line behind the last, properly hashed',
    how: (db) => put(db, nextLine(lineAt(db, LINES), { what: 'consent', at: 1 }, sha256)),
    says: [/^The last line is not the one/],
  },
  {
    why: 'one line hashed anew',
    how: (db) => put(db, forged(db, 1500)),
    says: [/^Line 1501 .* does not continue the line before it/],
  },
  {
    why: 'the last line hashed anew',
    how: (db) => put(db, forged(db, LINES)),
    says: [/^The last line is not the one/],
  },
  {
    why: 'the mark of the end is gone',
    how: sql('delete from audit_head'),
    says: [/^The mark of where the audit ends is gone/],
  },
  {
    why: 'the mark of the end says that there never was a line',
    how: sql('update audit_head set sequence = 0'),
    says: [/^The mark of where the audit ends is gone/],
  },
  {
    why: 'a line is no line any more',
    how: sql("update audit_line set entry = 'x' where sequence = 1500"),
    says: [/^The line after the first 1499 cannot be read/],
  },
  {
    why: 'what a forger wrote does not reach the terminal',
    how: sql(
      `update audit_line set entry = json_set(entry, '$.what', char(27) || '[2J', '$.at', 'x') where sequence = 1500`,
    ),
    says: [/^Line 1500 \(\?\?2J, \?\) was changed/],
  },
];

describe('verify', () => {
  test('an audit that nobody touched is intact, over several pages', async () => {
    const { isIntact: good, text } = await verified(whole);
    expect(good).toBe(true);
    expect(text).toEqual([
      expect.stringMatching(/^copy: the audit is intact, 2,?100 lines\. It ends with [0-9a-f]{64}/),
    ]);
  });

  test.each(TAMPERINGS)('$why', async ({ how, says }) => {
    const { isIntact: good, text } = await verified(tampered(how));
    expect(good).toBe(false);
    expect(text[0]).toMatch(/^copy: the audit is NOT intact/);
    expect(text.slice(1)).toEqual(says.map((line) => expect.stringMatching(line)));
  });
});

function run(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, LANG: 'C', LC_ALL: '', LC_MESSAGES: '' };
    execFile(
      process.execPath,
      [START_FILE, 'audit', ...words],
      { cwd: folder, env },
      (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe('npm run audit', () => {
  test('exits 0 intact, 1 with faults, 2 when it is no store, and leaves the file alone', async () => {
    const broken = tampered(edit('amount', "'9'"));
    const text = join(folder, 'text.db');
    writeFileSync(text, 'accounts:\n'.repeat(1000));
    const [good, bad, none, absent, usage] = await Promise.all([
      run('verify', whole),
      run('verify', broken),
      run('verify', text),
      run('verify', join(folder, 'absent.db')),
      run('look'),
    ]);
    expect([good, bad, none, absent, usage].map(({ code }) => code)).toEqual([0, 1, 2, 2, 2]);
    expect(good.out).toContain('the audit is intact');
    expect(bad.out).toContain('Line 1500');
    expect(none.err).toMatch(/is not a store of this program/);
    expect(absent.err).toMatch(/There is no file/);
    expect(usage.err).toMatch(/expected "verify"/);
  });
});
