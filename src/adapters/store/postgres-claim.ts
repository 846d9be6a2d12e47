import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { Claimed } from './claim-console.ts';
import { isBroken, postgresFault } from './postgres-fault.ts';
import { beginSession, postgresSettings } from './postgres-settings.ts';

/** "PLCO": the number of our advisory lock, for the one console of a database. */
const CONSOLE_LOCK = 0x504c434f;
const RETRY_MS = 1000;

/**
 * A lock of the server, held by a session that stays open for it. When that breaks, as with a restart of
 * the server, it is taken again as soon as the server answers.
 */
export async function claimPostgres(url: string, onTaken: () => void): Claimed {
  let isReleased = false;
  let held: Client | null = null;

  const hold = (client: Client): void => {
    held = client;
    client.once('end', () => {
      if (held === client) void regain();
    });
  };

  const regain = async (): Promise<void> => {
    held = null;
    while (!isReleased) {
      await setTimeout(RETRY_MS, undefined, { ref: false });
      const again = await lock(url);
      if (again.ok && isReleased) await again.value.end();
      else if (again.ok) return hold(again.value);
      else if (!isBroken(again.error)) return onTaken();
    }
  };

  const first = await lock(url);
  if (!first.ok) return first;
  hold(first.value);
  return ok({
    async release() {
      isReleased = true;
      const client = held;
      held = null;
      await client?.end().catch(() => {});
    },
  });
}

async function lock(url: string): Promise<Result<Client, StoreError>> {
  let client: Client | null = null;
  try {
    client = new Client(postgresSettings(url));
    // `end` follows and says what is needed.
    client.on('error', () => {});
    await client.connect();
    await beginSession(client);
    const { rows } = await client.query<{ got: string }>(
      'select pg_try_advisory_lock($1)::text as got',
      [CONSOLE_LOCK],
    );
    if (rows[0]?.got === 'true') return ok(client);
    await client.end();
    return err({ kind: 'taken' });
  } catch (thrown) {
    void client?.end().catch(() => {});
    return err(postgresFault(thrown));
  }
}
