import { randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** One command sent by `ask` to a running console. */
export interface ConsoleRequest {
  readonly line: string;
  /** Null: whoever the terminal is. */
  readonly person: string | null;
  readonly locale: string | null;
  readonly json: boolean;
}

/** What `ask` prints and how it exits. */
export interface ConsoleAnswer {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longer than the slowest honest answer: a round of reads and the wait for a commentary. */
const PATIENCE_MS = 30_000;

/** Where a running console can be found, and the key that opens it: an owner-only file. */
export interface Door {
  readonly file: string;
  /** Which desk the console runs: `ask` for another desk must not be answered by this one. */
  readonly desk: string;
}

export interface ConsoleServer {
  close(): void;
}

/**
 * Answers `ask` over loopback while the console runs. The key is new at every start and only the
 * file's owner can read it; requests without it learn nothing.
 */
export async function serveConsole(
  door: Door,
  answer: (request: ConsoleRequest) => Promise<ConsoleAnswer>,
): Promise<ConsoleServer> {
  const key = randomBytes(32).toString('hex');
  const app = new Hono();
  app.post('/ask', async (context) => {
    if (!isKey(context.req.header('authorization'), key)) return context.body(null, 404);
    const request = parseRequest(await context.req.json().catch(() => null));
    if (request === null) return context.body(null, 400);
    return context.json(await answer(request));
  });
  const { server, port } = await listen(app);
  rmSync(door.file, { force: true });
  const handle = openSync(door.file, 'wx', 0o600);
  writeSync(handle, JSON.stringify({ url: `http://127.0.0.1:${port}/ask`, key, desk: door.desk }));
  closeSync(handle);
  return {
    close() {
      // A console started later owns the file now; its door stays.
      if (readDoor(door)?.key === key) rmSync(door.file, { force: true });
      server.close();
    },
  };
}

/** Asks a running console of the same desk; null when none answers. */
export async function askConsole(
  door: Door,
  request: ConsoleRequest,
  patienceMs = PATIENCE_MS,
): Promise<ConsoleAnswer | null> {
  const open = readDoor(door);
  if (!open || open.desk !== door.desk) return null;
  try {
    const response = await fetch(open.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${open.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(patienceMs),
    });
    return parseAnswer(await response.json());
  } catch (cause) {
    // One that was only suspended may still act on the question: nobody else may answer it too.
    if (cause instanceof DOMException && cause.name === 'TimeoutError') return silent(patienceMs);
    // A console that was killed leaves its door behind.
    return null;
  }
}

function silent(patienceMs: number): ConsoleAnswer {
  const stderr = `The running console does not answer within ${patienceMs / 1000} s; resume it or end it, then ask again.\n`;
  return { exit: 1, stdout: '', stderr };
}

interface DoorSign {
  readonly url: string;
  readonly key: string;
  readonly desk: string;
}

function readDoor(door: Door): DoorSign | null {
  try {
    const { url, key, desk } = fieldsOf(JSON.parse(readFileSync(door.file, 'utf8')));
    return isText(url) && isText(key) && isText(desk) ? { url, key, desk } : null;
  } catch {
    return null;
  }
}

// By hand: three records of text are no reason to load a schema library before the first answer.
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

function fieldsOf(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parseRequest(value: unknown): ConsoleRequest | null {
  const { line, person, locale, json } = fieldsOf(value);
  if (!isText(line) || !isTextOrNull(person) || !isTextOrNull(locale)) return null;
  return typeof json === 'boolean' ? { line, person, locale, json } : null;
}

function parseAnswer(value: unknown): ConsoleAnswer | null {
  const { exit, stdout, stderr } = fieldsOf(value);
  if (!isText(stdout) || !isText(stderr)) return null;
  return typeof exit === 'number' && Number.isInteger(exit) ? { exit, stdout, stderr } : null;
}

function isKey(header: string | undefined, key: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${key}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function listen(app: Hono): Promise<{ server: ReturnType<typeof serve>; port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ server, port }),
    );
  });
}
