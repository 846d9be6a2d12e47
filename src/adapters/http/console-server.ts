import { randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import {
  type ConsoleAnswer,
  type ConsoleRequest,
  type Door,
  fieldsOf,
  isText,
  isTextOrNull,
  readDoor,
} from './console-door.ts';

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

function parseRequest(value: unknown): ConsoleRequest | null {
  const { line, person, locale, json } = fieldsOf(value);
  if (!isText(line) || !isTextOrNull(person) || !isTextOrNull(locale)) return null;
  return typeof json === 'boolean' ? { line, person, locale, json } : null;
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
