import { resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { OpenDesk } from '../../src/config/open-desk.ts';
import { besideStore, storePath } from '../../src/wire/setup.ts';

const URL = 'postgres://desk:hunter2@db/desk';
const demo = { kind: 'demo' } as OpenDesk;
const desk = (storePlace: string | null) => ({ kind: 'file', config: { storePlace } }) as OpenDesk;
afterEach(() => vi.unstubAllEnvs());

test.each([
  { why: 'a desk without a word', opened: desk(null), env: {}, path: resolve('plimsoll.db') },
  {
    why: 'the environment names a database',
    opened: desk(null),
    env: { DATABASE_URL: URL },
    path: URL,
  },
  {
    why: 'a database of another kind is somebody else’s',
    opened: desk(null),
    env: { DATABASE_URL: 'mysql://db/x' },
    path: resolve('plimsoll.db'),
  },
  {
    why: 'the name that is ours comes before the one that is everybody’s',
    opened: desk(null),
    env: { DATABASE_URL: URL, PLIMSOLL_STORE: '/x/y.db' },
    path: '/x/y.db',
  },
  {
    why: 'the desk file comes first',
    opened: desk(URL),
    env: { PLIMSOLL_STORE: '/x/y.db' },
    path: URL,
  },
  {
    why: 'a file in the desk file',
    opened: desk('z.db'),
    env: { DATABASE_URL: URL },
    path: resolve('z.db'),
  },
  {
    why: 'play money never goes into the database of a desk',
    opened: demo,
    env: { DATABASE_URL: URL },
    path: resolve('plimsoll-demo.db'),
  },
])('$why', ({ opened, env, path }) => {
  for (const name of ['DATABASE_URL', 'PLIMSOLL_STORE']) vi.stubEnv(name, '');
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  expect(storePath(opened)).toBe(path);
  expect(besideStore(opened)).toBe(path === URL ? resolve('plimsoll') : path);
});
