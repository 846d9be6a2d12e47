import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { formatProblem } from '../../src/config/problem.ts';

const venues = {
  has: (venue: string) => ['bybit', 'okx', 'ztdx', 'binanceusdm', 'binancepm'].includes(venue),
  suggest: (venue: string) => (venue === 'bibit' ? 'bybit' : null),
};

const env = { K: 'key-value-123', S: 'secret-value-456', P: 'pass-789' };

function load(text: string, options: { ownerOnly?: boolean; env?: Record<string, string> } = {}) {
  return loadConfig(
    { text, env: options.env ?? env, ownerOnly: options.ownerOnly ?? false },
    venues,
  );
}

function problemsOf(text: string, options?: Parameters<typeof load>[1]): string[] {
  const result = load(text, options);
  return result.ok ? [] : result.error.map((problem) => formatProblem(problem, 'desk.yaml'));
}

const KEYS = 'apiKey: "${K}", secret: "${S}"';
const one = (more: string) => `accounts:\n  - { id: a, venue: bybit, ${KEYS}${more} }\n`;

test('a small desk file gets the documented defaults', () => {
  const result = load(one(''));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value).toMatchObject({
    locale: 'en',
    timezone: 'UTC',
    refreshMs: 5000,
    staleAfterMs: 30_000,
    storePlace: null,
    keepMs: 400 * 86_400_000,
    people: [],
    unused: [],
  });
  expect(result.value.connections[0]).toMatchObject({
    environment: 'live',
    baseUrl: null,
    credentials: { apiKey: 'key-value-123', secret: 'secret-value-456' },
  });
  expect(result.value.tradeAccess.size).toBe(0);
});

test.each([
  {
    why: 'a week of history is the least',
    text: `${one('')}store: { keep: 167h }\n`,
    expected: [/^desk\.yaml:3 store\.keep: expected 7d or more/],
  },
  {
    why: 'a database of another kind is refused without being echoed',
    text: `${one('')}store: { url: "mysql://desk@db/desk" }\n`,
    expected: [/^desk\.yaml:3 store\.url: expected postgres:/],
  },
  {
    why: 'a password inside an address is a secret too',
    text: `${one('')}store: { url: "postgres://desk:hunter2@db/desk" }\n`,
    expected: [/^desk\.yaml:3 url: is a secret written into a file that others can read/],
  },
  {
    why: 'an unset variable names the line, once',
    text: one(', password: "${NOPE}"'),
    expected: [/^desk\.yaml:2 password: the environment variable NOPE is not set/],
  },
  {
    why: 'an empty variable is as good as unset',
    text: one(''),
    env: { K: '', S: 's' },
    expected: [/apiKey: the environment variable K is not set/],
  },
  {
    why: 'a literal secret in a readable file is refused without being echoed',
    text: 'accounts:\n  - { id: a, venue: bybit, apiKey: "abc", secret: "${S}" }\n',
    expected: [/^desk\.yaml:2 apiKey: is a secret written into a file that others can read/],
  },
  {
    why: 'half a placeholder is still half a literal secret',
    text: 'accounts:\n  - { id: a, venue: bybit, apiKey: "x${K}", secret: "${S}" }\n',
    expected: [/apiKey: is a secret written/],
  },
  {
    why: 'an unknown key suggests the nearest known one at that place',
    text: one(', acess: read'),
    expected: [/accounts\[0\]\.acess: is not a known key; did you mean access\?/],
  },
  {
    why: 'an unknown key at the top',
    text: `${one('')}peple: []\n`,
    expected: [/^desk\.yaml:3 peple: is not a known key; did you mean people\?/],
  },
  {
    why: 'an unknown venue suggests',
    text: `accounts:\n  - { id: a, venue: bibit, ${KEYS} }\n`,
    expected: [/accounts\[0\]\.venue: is not a venue this program knows; did you mean bybit\?/],
  },
  {
    why: 'a duration without a unit',
    text: `${one('')}refresh: { positions: 5 }\n`,
    expected: [/refresh\.positions: expected a duration such as 60s/],
  },
  {
    why: 'a chat id as a number has already lost digits',
    text: `${one('')}people:\n  - { id: p, discord: 80351110224678912, roles: [viewer] }\n`,
    expected: [/people\[0\]\.discord: expected the id in quotes/],
  },
  {
    why: 'a base URL with a path would be silently cut',
    text: one(', baseUrl: "http://127.0.0.1:1/v5"'),
    expected: [/baseUrl: expected an origin/],
  },
  {
    why: 'binance futures have no testnet',
    text: `accounts:\n  - { id: a, venue: binanceusdm, ${KEYS}, environment: testnet }\n`,
    expected: [/environment: Binance futures have no testnet/],
  },
  {
    why: 'binance portfolio margin has no demo',
    text: `accounts:\n  - { id: a, venue: binancepm, ${KEYS}, environment: demo }\n`,
    expected: [/environment: Binance portfolio margin has no demo/],
  },
  {
    why: 'okx practice is called demo',
    text: `accounts:\n  - { id: a, venue: okx, ${KEYS}, password: "\${P}", environment: testnet }\n`,
    expected: [/environment: OKX has no testnet; its practice environment is demo/],
  },
  {
    why: 'okx needs its passphrase',
    text: `accounts:\n  - { id: a, venue: okx, ${KEYS} }\n`,
    expected: [/password: is needed for OKX/],
  },
  {
    why: 'a ZTDX login must say what may be signed',
    text: 'accounts:\n  - { id: z, venue: ztdx, baseUrl: "http://127.0.0.1:1", privateKey: "${K}" }\n',
    expected: [/wallet: is needed/, /chainId: is needed/, /verifyingContract: is needed/],
  },
  {
    why: 'references and doubles are checked together',
    text: `accounts:\n  - { id: a, venue: bybit, ${KEYS}, fundedBy: [b], books: [x] }\n  - { id: a, venue: bybit, ${KEYS} }\n`,
    expected: [
      /accounts\[1\]\.id: is used twice/,
      /accounts\[0\]\.books\[0\]: names "x"/,
      /accounts\[0\]\.fundedBy\[0\]: names "b"/,
    ],
  },
  {
    why: 'broken YAML names the line and shows none of it',
    text: 'accounts:\n  - { id: a, apiKey: "hunter2\n',
    expected: [/^desk\.yaml:\d+ YAML: cannot be read/],
  },
  { why: 'an empty file', text: '', expected: [/^desk file: is empty/] },
])('$why', ({ text, expected, env: given }) => {
  const problems = problemsOf(text, given ? { env: given } : {});
  expect(problems).toHaveLength(expected.length);
  expected.forEach((pattern, index) => {
    expect(problems[index]).toMatch(pattern);
  });
});

test('all problems are reported together', () => {
  const text = `desk: { locale: fr }\naccounts:\n  - { id: A, venue: bybit, apiKey: "\${X}", secret: "\${S}", environment: prod }\n`;
  const problems = problemsOf(text);
  expect(problems).toHaveLength(4);
  expect(problems.join('\n')).toMatch(/locale: expected one of: en, zh-CN/);
  expect(problems.join('\n')).toMatch(/id: expected lower-case/);
  expect(problems.join('\n')).toMatch(/environment: expected one of: live, testnet, demo/);
  expect(problems.join('\n')).toMatch(/X is not set/);
});

test('a literal secret is fine in an owner-only file', () => {
  const text = 'accounts:\n  - { id: a, venue: bybit, apiKey: abc, secret: def }\n';
  expect(problemsOf(text, { ownerOnly: true })).toEqual([]);
});

test('no problem text ever holds a value from the file or the environment', () => {
  const canary = 'CANARY-8c1f';
  const texts = [
    `accounts:\n  - { id: a, venue: bybit, apiKey: "${canary}", secret: "${canary}" }\n`,
    `accounts:\n  - { id: "${canary}", venue: okx, apiKey: "\${K}", secret: "\${S}", token: 5 }\n`,
    `accounts: "${canary}"\n`,
    `accounts:\n  - { id: a, apiKey: "${canary}\n`,
    `accounts:\n  - { id: a, venue: okx, environment: "${canary}", baseUrl: "${canary}", chainId: "${canary}" }\n`,
  ];
  for (const text of texts) {
    const problems = problemsOf(text, { env: { K: canary, S: canary } });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).not.toContain(canary);
  }
});

test('the whole file of the contract is valid, and says which sections wait', () => {
  const text = `
desk: { name: Main desk, locale: en, timezone: UTC }
accounts:
  - { id: bybit-quant-a, name: 量化策略A, venue: bybit, access: trade, ${KEYS}, books: [basis] }
books: [{ id: basis, hedged: true }]
people:
  - { id: trader-1, discord: "80351110224678912", telegram: "5521", roles: [trader], accounts: [bybit-quant-a], locale: zh-CN }
chats: { discord: ["1"], telegram: ["-1001"] }
discord: { token: "\${K}", application: "1", guild: "2", roles: { "3": viewer }, apiUrl: "http://127.0.0.1:1/api" }
telegram: { token: "\${K}", apiRoot: "http://127.0.0.1:2" }
destinations:
  - { id: risk-room, discord: { channel: "5" }, minLevel: WARN, locale: en }
  - { id: night-watch, telegram: { chat: "-1001", topic: 12 }, minLevel: CRIT, fallback: risk-room }
  - { id: pager, webhook: { url: "https://example.com/x" } }
  - { id: mail, email: { to: [risk@example.com] }, quiet: "23:00-07:00" }
routes:
  - { match: { account: bybit-quant-a }, to: [risk-room], escalate: [{ after: 5m, to: [night-watch] }] }
smtp: { url: "smtp://127.0.0.1", from: desk@example.com }
alerts: { marginUsage: { WARN: 50%, CRIT: 70%, EMERG: 85% } }
protection: []
watchdog: { url: "https://example.com/hc", every: 60s }
marketData: { url: "ws://127.0.0.1:8001/ws-stream-normalized" }
actions: { maxAmount: 5000, dailyAmount: 20000, twoPersonAbove: 1000, reducing: { maxAmount: 50000, twoPersonAbove: 20000 }, previewTtl: 60s, maxMarkDrift: 0.5% }
refresh: { positions: 5s, staleAfter: 30s }
commentary: { baseUrl: "http://127.0.0.1:3/v1", apiKey: "\${K}", model: gpt-4.1, style: plan, perMinute: 6, perDay: "1.00", prices: { gpt-4.1: { input: 2, output: "8.00" } } }
store: { url: "file:plimsoll.db", keep: 30d }
http: { listen: "127.0.0.1:8787" }
`;
  const result = load(text);
  if (!result.ok) throw new Error(JSON.stringify(result.error, null, 1));
  expect(result.value.unused).not.toContain('watchdog');
  expect(result.value.unused).not.toContain('store');
  expect(result.value.unused).not.toContain('commentary');
  expect(result.value).toMatchObject({ storePlace: 'plimsoll.db', keepMs: 30 * 86_400_000 });
  expect([...result.value.tradeAccess]).toEqual(['bybit-quant-a']);
});

describe('one fault hides no other', () => {
  const broken = [
    'desk: { locale: fr }',
    'accounts:',
    '  - { id: a, venue: bibit, acces: trade, apiKey: "${NOPE}", secret: "${S}", books: [x] }',
    `  - { id: b, venue: okx, ${KEYS}, environment: testnet, baseUrl: "http://h/path" }`,
    '  - { id: b, venue: ztdx, token: "${NOPE}" }',
    '  - { id: 7, venue: bybit, fundedBy: [zz] }',
  ].join('\n');

  test.each([
    { why: 'an unset variable', says: /:3 apiKey: the environment variable NOPE/ },
    { why: 'a wrong value elsewhere', says: /:1 desk\.locale: expected one of/ },
    { why: 'an unknown key', says: /:3 accounts\[0\]\.acces: .*did you mean access/ },
    { why: 'an unknown venue behind both', says: /:3 accounts\[0\]\.venue: .*did you mean bybit/ },
    { why: 'a reference of the same entry', says: /:3 accounts\[0\]\.books\[0\]: names "x"/ },
    { why: 'an environment beside a wrong address', says: /:4 accounts\[1\]\.environment: OKX/ },
    { why: 'a missing passphrase', says: /:4 accounts\[1\]\.password: is needed for OKX/ },
    { why: 'an id used twice', says: /:5 accounts\[2\]\.id: is used twice/ },
    { why: 'a missing address', says: /:5 accounts\[2\]\.baseUrl: is needed for ZTDX/ },
    { why: 'an entry that cannot be salvaged', says: /:6 accounts\[3\]\.id: expected/ },
  ])('$why', ({ says }) => {
    expect(problemsOf(broken)).toContainEqual(expect.stringMatching(says));
  });

  test('and none is invented: a faulty token is not also a missing key', () => {
    expect(problemsOf(broken).filter((line) => line.includes('privateKey'))).toEqual([]);
    expect(problemsOf(broken)).toHaveLength(12);
  });
});

test('a file that is a list names itself', () => {
  expect(problemsOf('- a\n')).toEqual(['desk file: expected an object']);
});
