import { randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';

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

const requestShape = z.object({
  line: z.string(),
  person: z.string().nullable(),
  locale: z.string().nullable(),
  json: z.boolean(),
});
const answerShape = z.object({ exit: z.int(), stdout: z.string(), stderr: z.string() });
/** Longer than the slowest honest answer: a round of reads and the wait for a commentary. */
const PATIENCE_MS = 30_000;
const doorShape = z.object({ url: z.string(), key: z.string(), desk: z.string() });

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
    const body = requestShape.safeParse(await context.req.json().catch(() => null));
    if (!body.success) return context.body(null, 400);
    return context.json(await answer(body.data));
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
    return answerShape.safeParse(await response.json()).data ?? null;
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

function readDoor(door: Door): z.infer<typeof doorShape> | null {
  try {
    return doorShape.safeParse(JSON.parse(readFileSync(door.file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
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
