import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { Store } from '../../src/ports/store.ts';
import type { StoreHarness } from '../contracts/store-contract.ts';
import { postgresBinaries, sharedPostgres } from './postgres-server.ts';

export const hasPostgres = Boolean(process.env['DATABASE_URL']) || postgresBinaries() !== null;
/** For the names of suites, so that a skip says what is missing. */
export const NEEDED = 'needs DATABASE_URL, or initdb and postgres on this machine';

export async function sql(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** As a new store is. Rows are deleted, not tables: making those anew takes longer than most tests. */
const EMPTY = `
  delete from plimsoll.candle; delete from plimsoll.funding_payment;
  delete from plimsoll.account_point; delete from plimsoll.account_reading;
  delete from plimsoll.var_forecast; delete from plimsoll.fact;
  delete from plimsoll.action; delete from plimsoll.audit_line;
  delete from plimsoll.alert_row; delete from plimsoll.alert_event;
  update plimsoll.audit_head set sequence = 0, hash = repeat('0', 64);
  update plimsoll.alert_lead set fence = 0, events = 0, boot = ''`;

/** A database of its own on the suite's server. */
export async function tempDatabase(): Promise<{
  readonly url: string;
  drop(): Promise<void>;
  /** A place for stores in it, empty again after `close`. */
  place(): StoreHarness;
}> {
  const server = await sharedPostgres(inject('postgresFolder'));
  const name = `plimsoll_test_${randomBytes(6).toString('hex')}`;
  await sql(server.url, `create database ${name}`);
  const at = new URL(server.url);
  at.pathname = `/${name}`;
  const url = at.href;
  return {
    url,
    drop: async () => void (await sql(server.url, `drop database ${name} with (force)`)),
    place() {
      const opened: Store[] = [];
      return {
        async open() {
          const store = await openStore({ path: url });
          if (!store.ok) throw new Error(`the store says ${store.error.kind}`);
          opened.push(store.value);
          return store.value;
        },
        async close() {
          await Promise.all(opened.map((store) => store.close()));
          await sql(url, EMPTY);
        },
      };
    },
  };
}
