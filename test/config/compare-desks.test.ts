import { expect, test } from 'vitest';
import { compareDesks } from '../../src/config/compare-desks.ts';
import { loadConfig } from '../../src/config/load-config.ts';

const venues = { has: () => true, suggest: () => null };

function desk(text: string) {
  const file = `
accounts: [{ id: one, venue: bybit, apiKey: k, secret: s, baseUrl: "http://127.0.0.1:1" }]
smtp: { url: "smtp://u:p@127.0.0.1", from: desk@example.com }
telegram: { token: t, webhook: "https://desk.example.com/t" }
${text}`;
  const read = loadConfig({ text: file, ownerOnly: true, env: {} }, venues);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

test.each([
  { why: 'nothing, though a secret of our own is new', text: '', live: [], restart: [] },
  { why: 'somebody may', text: 'people: [{ id: ann, roles: [viewer] }]', live: ['people'] },
  { why: 'a chat', text: 'chats: { discord: ["12"] }', live: ['chats'] },
  { why: 'a limit of alerts', text: 'alerts: { marginUsage: { WARN: 40% } }', live: ['alerts'] },
  {
    why: 'a place and a way to it',
    text: 'destinations: [{ id: mail, email: { to: [a@example.com] } }]\nroutes: [{ to: [mail] }]',
    live: ['destinations', 'routes'],
  },
  { why: 'limits of actions', text: 'actions: { maxAmount: 5 }', live: ['actions'] },
  { why: 'the hour of drills', text: 'drill: "08:00"', live: ['drill'] },
  { why: 'no drills', text: 'drill: off', live: ['drill'] },
  { why: 'the hour that holds anyway', text: 'drill: "09:00"', live: [] },
  { why: 'how often', text: 'refresh: { positions: 9s }', restart: ['refresh'] },
  { why: 'another language', text: 'desk: { locale: zh-CN }', restart: ['desk'] },
  {
    why: 'the outside check',
    text: 'watchdog: { url: "https://hc.example.com/x" }',
    restart: ['watchdog'],
  },
  { why: 'an address', text: 'http: { listen: "127.0.0.1:9" }', restart: ['http'] },
  {
    why: 'both kinds at once',
    text: 'drill: off\nstore: { keep: 30d }',
    live: ['drill'],
    restart: ['store'],
  },
])('$why', ({ text, live = [], restart = [] }) => {
  expect(compareDesks(desk(''), desk(text))).toEqual({ live, restart });
});

test('destinations that cannot work are refused, each with its place in the file', () => {
  const text = `
accounts: [{ id: one, venue: bybit, apiKey: k, secret: s }]
destinations:
  - { id: mail, email: { to: [a@example.com] } }
  - { id: none }
  - { id: two, webhook: { url: "https://x.example.com" }, wecom: { url: "https://y.example.com" } }
http: { listen: "8787" }
`;
  const read = loadConfig({ text, ownerOnly: true, env: {} }, venues);
  expect(read.ok ? [] : read.error.map(({ path, message }) => `${path} ${message}`)).toEqual([
    expect.stringContaining('destinations[0].email needs the smtp section'),
    expect.stringContaining('destinations[1] expected exactly one of'),
    expect.stringContaining('destinations[2] expected exactly one of'),
    expect.stringContaining('http.listen expected an address'),
  ]);
});
