import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

interface Rule {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
  /** Folders that may be imported for their types only. */
  readonly types?: readonly string[];
}

const CORE = ['src/domain', 'src/portfolio', 'src/risk', 'src/replies'];

/** Who may import whom. A folder not listed here may not exist; the longest matching prefix decides. */
const allowed: Record<string, Rule> = {
  'src/domain': { folders: [], packages: ['decimal.js'] },
  'src/portfolio': { folders: ['src/domain'], packages: [] },
  'src/risk': { folders: ['src/domain', 'src/portfolio'], packages: [] },
  'src/actions': { folders: ['src/domain', 'src/portfolio', 'src/risk'], packages: [] },
  'src/replies': {
    folders: ['src/domain'],
    packages: ['i18next', 'string-width'],
    types: ['src/portfolio'],
  },
  'src/alerts': { folders: ['src/domain', 'src/portfolio', 'src/risk'], packages: [] },
  // Never the actions: what a model says has no way to an act.
  'src/commentary': {
    folders: ['src/domain', 'src/portfolio', 'src/risk', 'src/replies'],
    packages: [],
  },
  'src/ports': {
    folders: [],
    packages: [],
    types: [...CORE, 'src/actions', 'src/alerts', 'src/commentary'],
  },
  'src/app': {
    folders: [...CORE, 'src/actions', 'src/alerts', 'src/commentary', 'src/ports'],
    packages: [],
  },
  commands: {
    folders: [
      ...CORE,
      'src/actions',
      'src/alerts',
      'src/app/command.ts',
      'src/app/alerts/alert-words.ts',
    ],
    packages: [],
    types: [
      'src/app/market-gap.ts',
      'src/app/actions',
      'src/app/alerts',
      'src/app/protection',
      'src/app/reloaded.ts',
    ],
  },
  'src/adapters/venues/wire': {
    folders: ['src/domain', 'src/ports'],
    packages: ['p-queue', 'cockatiel', 'undici'],
  },
  'src/adapters/venues/ccxt': {
    folders: ['src/domain', 'src/ports', 'src/adapters/venues/wire'],
    packages: ['ccxt', 'p-queue', 'cockatiel', 'zod', 'ws'],
  },
  'src/adapters/venues/ztdx': {
    folders: ['src/domain', 'src/ports', 'src/adapters/venues/wire'],
    packages: ['viem', 'p-queue', 'cockatiel', 'zod', 'ws'],
  },
  'src/adapters/chat/terminal': {
    folders: ['src/domain', 'src/ports', 'src/replies'],
    packages: [],
  },
  'src/adapters/chat/discord': {
    folders: ['src/domain', 'src/ports', 'src/replies'],
    packages: ['discord.js'],
  },
  'src/adapters/chat/telegram': {
    folders: ['src/domain', 'src/ports', 'src/replies'],
    packages: ['grammy', '@grammyjs/runner'],
  },
  'src/adapters/http': {
    folders: ['src/domain', 'src/ports'],
    packages: ['hono', '@hono/node-server', 'prom-client', 'zod'],
  },
  'src/adapters/market-data': {
    folders: ['src/domain', 'src/ports', 'src/adapters/venues/wire'],
    packages: ['ws', 'zod'],
  },
  // The audit chain is the core's; a store only keeps it.
  'src/adapters/store': {
    folders: [
      'src/domain',
      'src/ports',
      'src/actions/audit-chain.ts',
      'src/actions/action-state.ts',
    ],
    packages: ['kysely', 'pg'],
    types: ['src/actions'],
  },
  'src/adapters/push': {
    folders: ['src/domain', 'src/ports', 'src/replies', 'src/adapters/venues/wire'],
    packages: ['nodemailer', 'zod'],
  },
  'src/adapters/llm/openai': {
    folders: ['src/domain', 'src/ports'],
    packages: ['openai', 'cockatiel', 'p-queue', 'zod', 'undici'],
  },
  'src/adapters/cache/node-cache': {
    folders: ['src/domain', 'src/ports'],
    packages: ['node-cache'],
  },
  'src/adapters/compute': {
    folders: ['src/domain', 'src/ports', 'src/portfolio', 'src/risk'],
    packages: [],
  },
  'src/adapters/charts/canvas': {
    folders: ['src/domain', 'src/ports', 'src/replies'],
    packages: ['@napi-rs/canvas'],
  },
  'src/adapters/log': { folders: ['src/ports'], packages: ['pino'] },
  'src/adapters/clock': { folders: ['src/ports'], packages: [] },
  'src/sim': { folders: ['src/domain'], packages: ['viem', 'ws'] },
  'src/config': {
    folders: ['src/domain', 'src/ports', 'src/alerts', 'src/replies/nearest.ts'],
    types: ['src/actions', 'src/commentary'],
    packages: ['yaml', 'zod'],
  },
};

/** What the core may never reach for: it is told the time, it does not look. */
const AMBIENT =
  /\b(Date\.now|new Date\(\)|Math\.random|process\.env|setTimeout|setInterval|performance\.now)/;
const MAY_BE_AMBIENT = ['src/adapters', 'src/sim', 'src/config', 'src/wire', 'src/main.ts'];
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|new URL\(\s*'([^']+)'/g;

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

interface Import {
  readonly target: string;
  readonly isType: boolean;
}

function importsOf(text: string): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => ({
    isType: match[1] !== undefined,
    target: match[2] ?? match[3] ?? match[4] ?? match[5] ?? '',
  }));
}

const within = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

function ruleFor(file: string): [string, Rule] | undefined {
  return Object.entries(allowed)
    .filter(([folder]) => within(file, folder))
    .sort(([a], [b]) => b.length - a.length)[0];
}

function breach(file: string, found: Import): string | null {
  const entry = ruleFor(file);
  if (!entry) return `${file} lies in a folder that the table does not know`;
  const [home, rule] = entry;
  const { target, isType } = found;
  if (target.startsWith('node:')) {
    const isCore = !MAY_BE_AMBIENT.some((folder) => within(file, folder));
    return isCore ? `${file} is core and imports ${target}` : null;
  }
  if (!target.startsWith('.')) {
    const name = target
      .split('/')
      .slice(0, target.startsWith('@') ? 2 : 1)
      .join('/');
    return rule.packages.includes(name) ? null : `${file} imports the package ${name}`;
  }
  const to = relative(root, resolve(root, dirname(file), target));
  const free = [home, ...rule.folders, ...(isType ? (rule.types ?? []) : [])];
  return free.some((folder) => within(to, folder)) ? null : `${file} imports ${to}`;
}

/** main.ts and what it is made of: they may import everything, and nothing may import them. */
const isWiring = (file: string) => file === 'src/main.ts' || within(file, 'src/wire');

const files = [...sources('src'), ...sources('commands')];

test('every import goes in an allowed direction', () => {
  const breaches = files
    .filter((file) => !isWiring(file))
    .flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8')).map((found) => breach(file, found)),
    )
    .filter((line) => line !== null);
  expect(breaches).toEqual([]);
});

test('only the wiring knows the simulator', () => {
  const others = files.filter((file) => !isWiring(file) && !within(file, 'src/sim'));
  const users = others.filter((file) =>
    /from\s*'[^']*\/sim\//.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(users).toEqual([]);
});

test('no file is longer than 400 lines, no command longer than 80', () => {
  const long = files.filter((file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    return lines > (dirname(file) === 'commands' ? 80 : 400);
  });
  expect(long).toEqual([]);
});

test('the core has no clock, no dice and no environment of its own', () => {
  const ambient = files
    .filter((file) => !MAY_BE_AMBIENT.some((folder) => within(file, folder)))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .map((line, index) => [line, index] as const)
        .filter(([line]) => AMBIENT.test(line.replace(/^\s*(\*|\/\/).*$/, '')))
        .map(([line, index]) => `${file}:${index + 1} ${line.trim()}`),
    );
  expect(ambient).toEqual([]);
});

test('the table itself bites: planted breaches are found', () => {
  const planted = [
    ['src/risk/x.ts', { target: '../adapters/venues/ccxt/y.ts', isType: false }],
    ['src/domain/x.ts', { target: 'ccxt', isType: false }],
    ['commands/x.ts', { target: '../src/app/dispatch.ts', isType: true }],
    ['src/ports/x.ts', { target: '../domain/decimal.ts', isType: false }],
    ['src/app/x.ts', { target: 'node:fs', isType: false }],
    ['src/actions/x.ts', { target: '../ports/y.ts', isType: true }],
    ['src/commentary/x.ts', { target: '../actions/y.ts', isType: true }],
    ['src/adapters/chat/terminal/x.ts', { target: '../../venues/ccxt/y.ts', isType: false }],
  ] as const;
  for (const [file, found] of planted) expect(breach(file, found), file).not.toBeNull();
});
