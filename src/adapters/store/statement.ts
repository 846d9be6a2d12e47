import type { Compilable, Kysely } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly (string | number | null)[];
  /** It must touch exactly one row, or the whole batch is undone. */
  readonly isGuard?: true;
}

/** Done together or not at all. */
export type Batch = readonly Statement[];

/** A guard, the statement at that place, found nothing: somebody was faster. The batch is undone. */
export interface Missed {
  readonly kind: 'missed';
  readonly at: number;
}

/** How many rows each statement of the batch touched. */
export type BatchAnswer = Result<readonly number[], StoreError | Missed>;

/** The writing half of a Database, over whatever writes batches. */
export function batchWrites(
  query: Kysely<Tables>,
  to: {
    readonly write: (batch: Batch) => Promise<BatchAnswer>;
    readonly faultOf: (thrown: unknown) => StoreError;
  },
): Pick<Database, 'write' | 'attempt'> {
  /** Building a statement may throw: a figure that is none. */
  const built = (make: () => Batch): Result<Batch, StoreError> => {
    try {
      return ok(make());
    } catch (thrown) {
      return err(to.faultOf(thrown));
    }
  };
  return {
    async write(work) {
      const batch = built(() => work(query).map(statementOf));
      if (!batch.ok) return batch;
      if (batch.value.length === 0) return ok([]);
      const answer = await to.write(batch.value);
      if (answer.ok) return answer;
      const { error } = answer;
      if (error.kind === 'missed') throw new TypeError('missed a guard where there is none');
      return err(error);
    },

    async attempt(work) {
      const batch = built(() => {
        const { guards, statements } = work(query);
        return [
          ...guards.map((guard) => ({ ...statementOf(guard), isGuard: true as const })),
          ...statements.map(statementOf),
        ];
      });
      if (!batch.ok) return batch;
      const answer = await to.write(batch.value);
      if (answer.ok) return ok(null);
      const { error } = answer;
      return error.kind === 'missed' ? ok(error.at) : err(error);
    },
  };
}

function statementOf(compilable: Compilable): Statement {
  const { sql, parameters } = compilable.compile();
  return { sql, parameters: parameters as Statement['parameters'] };
}
