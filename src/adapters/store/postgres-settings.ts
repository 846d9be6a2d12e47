import type { ClientBase, ClientConfig } from 'pg';

/** Everything of ours lies in a schema of its own: the database may serve other programs too. */
export const SCHEMA = 'plimsoll';

const CONNECT_MS = 5000;
/** Beyond this the server or the way to it hangs; the server itself gives up earlier. */
const ANSWER_MS = 15_000;
const INT8 = 20;

/** What a session is told first. A frozen process, or one that is cut off, must not hold locks for ever. */
const SESSION = `
  set search_path = ${SCHEMA};
  set synchronous_commit = on;
  set statement_timeout = '10s';
  set lock_timeout = '5s';
  set idle_in_transaction_session_timeout = '15s';
  set tcp_keepalives_idle = 5;
  set tcp_keepalives_interval = 2;
  set tcp_keepalives_count = 3;
  set tcp_user_timeout = '10s'`;

export function postgresSettings(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'plimsoll',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number) => (oid === INT8 ? wholeNumber : (text: string) => text),
    },
  };
}

export async function beginSession(client: ClientBase): Promise<void> {
  await client.query(SESSION);
}

/** Only text and whole numbers are stored; one beyond a double's reach is damage. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('not a whole number');
  return value;
}
