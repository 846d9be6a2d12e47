import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askConsole } from '../../../src/adapters/http/ask-console.ts';
import { serveConsole } from '../../../src/adapters/http/console-server.ts';

const request = { line: '/liq', person: null, locale: null, json: false };
const answered = { exit: 3, stdout: 'partial\n', stderr: '' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'door-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const door = (desk = 'demo') => ({ file: join(folder, 'plimsoll.db.door'), desk });

test('a running console answers its own desk, through a file only its owner can read', async () => {
  const server = await serveConsole(door(), async () => answered);
  expect(statSync(door().file).mode & 0o077).toBe(0);
  expect(await askConsole(door(), request)).toEqual(answered);
  expect(await askConsole(door('another.yaml'), request)).toBeNull();
  server.close();
  expect(await askConsole(door(), request)).toBeNull();
});

test('a console that hangs costs its patience and says what to do; nobody answers in its place', async () => {
  const server = await serveConsole(door(), () => new Promise(() => {}));
  const silent = await askConsole(door(), request, 20);
  expect(silent).toMatchObject({ exit: 1, stdout: '' });
  expect(silent?.stderr).toMatch(/^The running console does not answer .* ask again\.\n$/);
  server.close();
});

test('closing leaves the door of a console that started later', async () => {
  const first = await serveConsole(door(), async () => ({ ...answered, stdout: 'first' }));
  const second = await serveConsole(door(), async () => ({ ...answered, stdout: 'second' }));
  first.close();
  expect(await askConsole(door(), request)).toMatchObject({ stdout: 'second' });
  second.close();
});
