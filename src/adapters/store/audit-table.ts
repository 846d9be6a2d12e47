import { createHash } from 'node:crypto';
import type { Compilable, Kysely } from 'kysely';
import {
  type AuditEntry,
  type AuditHead,
  type AuditLine,
  nextLine,
} from '../../actions/audit-chain.ts';
import { err, ok } from '../../domain/result.ts';
import type { ActionStore } from '../../ports/action-store.ts';
import type { StoreAnswer } from '../../ports/store.ts';
import type { Database } from './database.ts';
import { portions } from './portions.ts';
import type { Tables } from './tables.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Another process may move the head between our look and our write; beyond this it is not chance. */
const ATTEMPTS = 50;

export interface AuditTable extends Pick<ActionStore, 'audit' | 'auditAfter' | 'auditHead'> {
  /**
   * Writes the entries as the chain's next lines, in one commit with what `guard` writes when there is
   * one. False: the guard touched no row, and nothing is written.
   */
  append(
    entries: readonly AuditEntry[],
    guard: ((query: Kysely<Tables>) => Compilable) | null,
  ): StoreAnswer<boolean>;
}

export function auditTable(db: Database): AuditTable {
  const readHead = () =>
    db.read(async (query) => {
      const { sequence, hash } = await query
        .selectFrom('audit_head')
        .select(['sequence', 'hash'])
        .executeTakeFirstOrThrow(() => new RangeError('the head of the audit is gone'));
      return { sequence, hash };
    });
  const readLines = async (query: Kysely<Tables>, page: AuditPage) => {
    const rows = await query
      .selectFrom('audit_line')
      .selectAll()
      .where('sequence', '>', page.after)
      .orderBy('sequence', page.order)
      .limit(page.limit)
      .execute();
    return rows.map(lineOf);
  };

  const appendOnce: AuditTable['append'] = async (entries, guard) => {
    const guardsBeforeHead = guard === null ? 0 : 1;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const head = await readHead();
      if (!head.ok) return head;
      const missed = await db.attempt((query) => {
        const chained = chain(query, head.value, entries);
        const guards = guard === null ? chained.guards : [guard(query), ...chained.guards];
        return { guards, statements: chained.statements };
      });
      if (!missed.ok) return missed;
      if (missed.value === null) return ok(true);
      if (missed.value < guardsBeforeHead) return ok(false);
    }
    return err({ kind: 'busy' });
  };

  // One at a time within this process: two that saw the same head would only make each other try again.
  let last: Promise<unknown> = Promise.resolve();
  return {
    append(entries, guard) {
      if (entries.length === 0 && guard === null) return Promise.resolve(ok(true));
      const turn = last.then(() => appendOnce(entries, guard));
      last = turn;
      return turn;
    },
    audit: (limit) => db.read((query) => readLines(query, { after: 0, order: 'desc', limit })),
    auditAfter: (after, limit) =>
      db.read((query) => readLines(query, { after, order: 'asc', limit })),
    async auditHead() {
      const head = await readHead();
      return head.ok && head.value.sequence === 0 ? ok(null) : head;
    },
  };
}

interface AuditPage {
  readonly after: number;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
}

/** The head guards the chain: whoever moves it from where it was seen owns the next lines. */
function chain(query: Kysely<Tables>, head: AuditHead, entries: readonly AuditEntry[]) {
  if (entries.length === 0) return { guards: [], statements: [] };
  let end = head.sequence === 0 ? null : head;
  const lines = entries.map((entry) => {
    const line = nextLine(end, entry, sha256);
    end = { sequence: line.sequence, hash: line.hash };
    return line;
  });
  const move = query
    .updateTable('audit_head')
    .set(end ?? head)
    .where('sequence', '=', head.sequence)
    .where('hash', '=', head.hash);
  return {
    guards: [move],
    statements: portions(lines).map((portion) =>
      query
        .insertInto('audit_line')
        .values(portion.map((line) => ({ ...line, entry: JSON.stringify(line.entry) }))),
    ),
  };
}

function lineOf(row: Tables['audit_line']): AuditLine {
  const { sequence, previous, entry, hash } = row;
  return { sequence, previous, entry: JSON.parse(entry) as AuditEntry, hash };
}
