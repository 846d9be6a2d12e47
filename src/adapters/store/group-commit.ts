import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { err, ok } from '../../domain/result.ts';
import { sqliteFault } from './sqlite-fault.ts';
import type { Batch, BatchAnswer, Statement } from './statement.ts';

/** Statements differ in shape, not in values, except multi-row inserts; those must not pile up. */
const PREPARED_MAX = 200;

/**
 * Writes many batches with one commit, hence one flush of the disk. A batch that fails takes nothing
 * with it; a commit that fails fails them all. When it returns, what it calls done is on the disk.
 */
export function groupCommit(db: DatabaseSync): (batches: readonly Batch[]) => BatchAnswer[] {
  const prepared = new Map<string, StatementSync>();

  const run = ({ sql, parameters }: Statement): number => {
    let statement = prepared.get(sql);
    if (!statement) {
      if (prepared.size >= PREPARED_MAX) prepared.clear();
      statement = db.prepare(sql);
      prepared.set(sql, statement);
    }
    return Number(statement.run(...parameters).changes);
  };

  const runBatch = (batch: Batch): BatchAnswer => {
    db.exec('savepoint batch');
    try {
      const touched: number[] = [];
      for (const [at, statement] of batch.entries()) {
        touched.push(run(statement));
        if (!statement.isGuard || touched[at] === 1) continue;
        db.exec('rollback to batch; release batch');
        return err({ kind: 'missed', at });
      }
      db.exec('release batch');
      return ok(touched);
    } catch (thrown) {
      // Some errors (a full disk, a bad read) end the whole transaction; then there is nothing to go on with.
      if (!db.isTransaction) throw thrown;
      db.exec('rollback to batch; release batch');
      return err(sqliteFault(thrown));
    }
  };

  return (batches) => {
    try {
      db.exec('begin immediate');
      const answers = batches.map(runBatch);
      db.exec('commit');
      return answers;
    } catch (thrown) {
      if (db.isTransaction) db.exec('rollback');
      const error = sqliteFault(thrown);
      return batches.map(() => err(error));
    }
  };
}
