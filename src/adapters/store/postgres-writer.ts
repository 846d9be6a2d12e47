import { Client, type ClientConfig } from 'pg';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { isBroken, postgresFault } from './postgres-fault.ts';
import { beginSession } from './postgres-settings.ts';
import type { Writer } from './start-writer.ts';
import type { Batch, BatchAnswer, Missed } from './statement.ts';

/** Beyond this the server hangs, and collecting more would only fill the memory. */
const WAITING_MAX = 10_000;
/** What is collected while the server is busy goes into one commit, but no more than this. */
const GROUP_MAX = 100;

interface Asked {
  readonly batch: Batch;
  readonly answer: (answer: BatchAnswer) => void;
}

/**
 * Writes over one connection of its own, in the order of asking, many batches with one commit. A
 * connection that broke is made anew with the next write. What was never committed for certain is tried
 * once more over a fresh connection; a commit that was sent and not answered is `lost`, and never repeated
 * here: only the caller can find out whether it is there.
 */
export function postgresWriter(settings: ClientConfig): Writer {
  const waiting: Asked[] = [];
  const line = connectionOf(settings);
  let isClosed = false;
  let working: Promise<void> | null = null;

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.splice(0, GROUP_MAX);
      const answers = await commitGroup(
        line,
        group.map(({ batch }) => batch),
      );
      group.forEach(({ answer }, index) => {
        answer(answers[index] ?? err({ kind: 'crashed' }));
      });
    }
    working = null;
  };

  return {
    write(batch) {
      if (isClosed) return Promise.resolve(err({ kind: 'closed' }));
      if (waiting.length >= WAITING_MAX) return Promise.resolve(err({ kind: 'busy' }));
      return new Promise((answer) => {
        waiting.push({ batch, answer });
        working ??= work();
      });
    },
    fault: () => (isClosed ? { kind: 'closed' } : null),
    async close() {
      isClosed = true;
      await working;
      await line.drop();
    },
  };
}

interface Line {
  /** `isFresh`: nothing went over it yet, so it cannot have gone stale while nobody looked. */
  client(): Promise<Result<{ readonly client: Client; readonly isFresh: boolean }, StoreError>>;
  drop(): Promise<void>;
}

function connectionOf(settings: ClientConfig): Line {
  let open: Client | null = null;
  return {
    async client() {
      if (open) return ok({ client: open, isFresh: false });
      try {
        const client = new Client(settings);
        // Also the news that an idle connection has died: the next write makes a new one.
        client.on('error', () => {
          if (open === client) open = null;
        });
        await client.connect();
        await beginSession(client);
        open = client;
        return ok({ client, isFresh: true });
      } catch (thrown) {
        return err(postgresFault(thrown));
      }
    },
    async drop() {
      const dropped = open;
      open = null;
      // It may be dead already; what matters is that nobody uses it again.
      await dropped?.end().catch(() => {});
    },
  };
}

async function commitGroup(line: Line, batches: readonly Batch[]): Promise<BatchAnswer[]> {
  const together = await transact(line, batches);
  if (together.ok) return together.value.map((touched) => ok(touched));
  const { error } = together;
  const isOurs = error.kind !== 'lost' && (error.kind === 'missed' || !isBroken(error));
  if (batches.length === 1 || !isOurs) return batches.map(() => err(error));
  // One of them failed and took the others along: each by itself.
  const answers: BatchAnswer[] = [];
  for (const batch of batches) answers.push(...(await commitGroup(line, [batch])));
  return answers;
}

type Transacted = Result<readonly (readonly number[])[], StoreError | Missed>;

async function transact(line: Line, batches: readonly Batch[]): Promise<Transacted> {
  for (;;) {
    const connected = await line.client();
    if (!connected.ok) return connected;
    const { client, isFresh } = connected.value;
    const done = await transactOver(client, batches);
    const isGone = !done.ok && (done.error.kind === 'lost' || isConnectionFault(done.error));
    if (isGone) void line.drop();
    // Stale before anything could be committed: as if it had not been tried.
    if (done.ok || isFresh || !isConnectionFault(done.error)) return done;
  }
}

const isConnectionFault = (error: StoreError | Missed): boolean =>
  error.kind !== 'missed' && isBroken(error);

async function transactOver(client: Client, batches: readonly Batch[]): Promise<Transacted> {
  let isCommitting = false;
  try {
    await client.query('begin');
    const touched: number[][] = [];
    for (const batch of batches) {
      const counts = await runBatch(client, batch);
      if (!counts.ok) {
        await client.query('rollback');
        return counts;
      }
      touched.push(counts.value);
    }
    isCommitting = true;
    await client.query('commit');
    return ok(touched);
  } catch (thrown) {
    const error = postgresFault(thrown);
    if (isBroken(error)) return err(isCommitting ? { kind: 'lost' } : error);
    await client.query('rollback').catch(() => {});
    return err(error);
  }
}

async function runBatch(client: Client, batch: Batch): Promise<Result<number[], Missed>> {
  const counts: number[] = [];
  for (const [at, { sql, parameters, isGuard }] of batch.entries()) {
    const { rowCount } = await client.query(sql, [...parameters]);
    counts.push(rowCount ?? 0);
    if (isGuard && rowCount !== 1) return err({ kind: 'missed', at });
  }
  return ok(counts);
}
