import type { DatabaseSync } from 'node:sqlite';
import type { Compilable } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { Database, Guarded } from './database.ts';
import type { Statement } from './group-commit.ts';
import { queryBuilder } from './query-builder.ts';
import { sqliteFault } from './sqlite-fault.ts';
import type { Writer } from './start-writer.ts';
import type { Tables } from './tables.ts';

/**
 * Reads on this thread, over a connection of their own that cannot write: in WAL mode they wait neither
 * for the disk nor for the writer, and spare the copy between threads. A thousand rows take a few
 * milliseconds; what reads many thousands belongs in portions or in a worker. Reads go on when the writer
 * has died.
 */
export function sqliteDatabase(reader: DatabaseSync, writer: Writer): Database {
  const query = queryBuilder<Tables>(reader);
  return {
    async read(work) {
      if (!reader.isOpen) return err({ kind: 'closed' });
      try {
        return ok(await work(query));
      } catch (thrown) {
        return err(reader.isOpen ? sqliteFault(thrown) : { kind: 'closed' });
      }
    },
    async write(work) {
      const statements = compiled(() => work(query));
      if (!statements.ok) return statements;
      if (statements.value.length === 0) return ok([]);
      const answer = await writer.write(statements.value);
      if (answer.ok) return answer;
      if (answer.error.kind === 'missed') throw new TypeError('missed a guard where there is none');
      return err(answer.error);
    },
    async attempt(work) {
      const batch = guardedBatch(() => work(query));
      if (!batch.ok) return batch;
      const answer = await writer.write(batch.value);
      if (answer.ok) return ok(null);
      const { error } = answer;
      return error.kind === 'missed' ? ok(error.at) : err(error);
    },
  };
}

function compiled(work: () => readonly Compilable[]): Result<Statement[], StoreError> {
  try {
    return ok(work().map(statementOf));
  } catch (thrown) {
    return err(sqliteFault(thrown));
  }
}

function guardedBatch(work: () => Guarded): Result<Statement[], StoreError> {
  try {
    const { guards, statements } = work();
    return ok([
      ...guards.map((guard) => ({ ...statementOf(guard), isGuard: true as const })),
      ...statements.map(statementOf),
    ]);
  } catch (thrown) {
    return err(sqliteFault(thrown));
  }
}

function statementOf(compilable: Compilable): Statement {
  const { sql, parameters } = compilable.compile();
  return { sql, parameters: parameters as Statement['parameters'] };
}
