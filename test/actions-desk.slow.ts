import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Locale, TextKey, Translate } from '../src/replies/translate.ts';
import { createTranslate } from '../src/replies/translate.ts';
import { startActionWorld } from './fakes/action-world.ts';
import { legKey } from './fakes/fake-writer.ts';

let world: Awaited<ReturnType<typeof startActionWorld>>;
beforeAll(async () => {
  world = await startActionWorld();
}, 30_000);
afterAll(() => world.close());

async function json(line: string, how: { as?: string; locale?: Locale } = {}) {
  const { stdout, stderr, exit } = await world.ask(line, { json: true, as: 'trader', ...how });
  return { exit, stderr, data: stdout === '' ? null : JSON.parse(stdout).data };
}
const isolated = () =>
  world.find(({ marginMode, account }) => marginMode === 'isolated' && account.startsWith('bin'));
const cross = () => world.find(({ marginMode }) => marginMode === 'cross');
const FIGURES = [
  ...['quantity', 'collateral', 'healthFactor', 'riskUse', 'liquidationPrice'],
  ...['estimatedLiquidationPrice', 'liquidationDistance', 'probability24h', 'takeProfit'],
  ...['stopLoss', 'freeCollateral'],
];

/** Every action of the contract; `done` once it has been confirmed. */
const ACTIONS: readonly { line: (handle: string) => string; action: string }[] = [
  { line: (handle) => `/addmargin ${handle} 40`, action: 'add-margin' },
  { line: (handle) => `/addmargin ${handle} 1%`, action: 'add-margin' },
  { line: (handle) => `/addmargin ${handle} hf=26`, action: 'add-margin' },
  { line: (handle) => `/addmargin ${handle} ４０`, action: 'add-margin' },
  { line: (handle) => `/removemargin ${handle} 40`, action: 'remove-margin' },
  { line: (handle) => `/reduce ${handle} 1%`, action: 'reduce' },
  { line: (handle) => `/reduce position=${handle} size=0.5`, action: 'reduce' },
  { line: (handle) => `/tpsl ${handle} tp=90000:50%,95000:30% trail=1%`, action: 'set-stops' },
  { line: (handle) => `/tpsl ${handle} clear=trail sl=2000`, action: 'set-stops' },
  { line: () => '/transfer bybit-reserve bybit-quant-a 40 usdt', action: 'transfer' },
];

describe.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
  const say = createTranslate(locale);
  // So many acts in a minute are more than one address may ask of a venue: each language has its own.
  beforeAll(async () => {
    await world.close();
    world = await startActionWorld();
  }, 30_000);

  test.each(ACTIONS)('$action: previewed, confirmed, done', async ({ line, action }) => {
    const { handle } = isolated();
    const typed = line(handle);
    const asked = await json(typed, { locale });
    expect(asked.stderr).toBe('');
    const { preview } = asked.data;
    expect(preview).toMatchObject({ action, needsApproval: false });
    expect(Object.keys(preview.before).toSorted()).toEqual(FIGURES.toSorted());
    expect(Object.keys(preview.after).toSorted()).toEqual(FIGURES.toSorted());
    expect(preview.expiresAt).toMatch(/^\d{4}-.*\.\d{3}Z$/);
    const done = await json(`/confirm ${preview.token}`, { locale });
    expect(done).toMatchObject({ exit: 0, data: { outcome: { state: 'done', reason: null } } });
    const text = (await world.ask(`/check ${preview.token}`, { locale, as: 'viewer' })).stdout;
    expect(text).toContain(say('action.state.done'));
    // What stands has changed: put back what the other language begins with.
    world.reset();
  });

  test.each([
    { line: '/addmargin zzzz 40', key: 'refusal.unknown-handle', typed: 'zzzz' },
    { line: '/addmargin HANDLE 1,000', key: 'number.separators', typed: '1,000' },
    { line: '/addmargin HANDLE 1.000,5', key: 'number.separators', typed: '1.000,5' },
    { line: '/addmargin HANDLE 0', key: 'number.zero', typed: '0' },
    { line: '/addmargin HANDLE -5', key: 'number.sign', typed: '-5' },
    { line: '/addmargin HANDLE 1e9', key: 'number.exponent', typed: '1e9' },
    { line: '/addmargin HANDLE 五百', key: 'number.not-a-number', typed: '五百' },
    { line: '/tpsl HANDLE sl=70,000', key: 'stops.ladderForm', typed: '70,000' },
    { line: '/tpsl HANDLE trail=5', key: 'stops.trailForm', typed: '5' },
    { line: '/tpsl HANDLE clear=stop', key: 'stops.unknownClear', typed: 'stop' },
  ] as const)('$line is refused, and keeps what was typed', async ({ line, key, typed }) => {
    const { exit, stderr } = await json(line.replace('HANDLE', isolated().handle), { locale });
    expect(exit).toBe(2);
    const facts = { typed, handle: typed };
    expect(stderr.trim()).toBe((say as (plain: TextKey, facts: object) => string)(key, facts));
  });

  test.each([
    { line: '/addmargin HANDLE', key: 'usage.missing' },
    { line: '/addmargin HANDLE 5 hf=2', key: 'action.onlyOne' },
    { line: '/removemargin HANDLE 5001', key: 'refusal.consent.above-max-amount' },
    { line: '/addmargin HANDLE 999999', key: 'refusal.amount.more-than-free' },
    { line: '/reduce HANDLE 101%', key: 'refusal.amount.more-than-position' },
    { line: '/tpsl HANDLE sl=999999', key: 'refusal.amount.stop-loss-wrong-side' },
    { line: '/tpsl HANDLE tp=90000:60%,91000:60%', key: 'refusal.amount.ladder-above-whole' },
    { line: '/tpsl HANDLE clear=all', key: 'refusal.amount.nothing-changes' },
    { line: '/transfer bybit-reserve okx-quant-c 5', key: 'refusal.amount.other-venue' },
    { line: '/transfer bybit-quant-a bybit-reserve 5', key: 'refusal.amount.not-funded-by' },
    { line: '/confirm nothing', key: 'refusal.unknown-token' },
  ] as const)('$line is refused with a sentence', async ({ line, key }) => {
    const { exit, stderr } = await json(line.replace('HANDLE', isolated().handle), { locale });
    expect(exit).toBe(2);
    expect(stderr.trim()).toBe(sentenceOf(say, key));
  });

  test('a position on cross margin names the transfer that helps its account', async () => {
    const { handle, position } = cross();
    const { exit, stderr } = await json(`/addmargin ${handle} 50`, { locale });
    expect(exit).toBe(2);
    expect(stderr).toContain(`/transfer bybit-reserve ${position.account} … `);
  });

  test.each([
    'insufficient-balance',
    'would-liquidate',
    'wrong-side',
    'position-not-owned',
    'position-not-found',
    'price-rule',
    'not-sent',
  ] as const)('the venue refuses with %s: a sentence, and nothing has changed', async (reason) => {
    const { handle, writer, position } = isolated();
    const before = writer.legs.get(legKey(position));
    const { data } = await json(`/addmargin ${handle} 40`, { locale });
    writer.faults.push({ kind: 'refuse', reason, venueCode: '4711' });
    const { exit, stdout } = await world.ask(`/confirm ${data.preview.token}`, { locale });
    expect(exit).toBe(2);
    expect(stdout.replaceAll(/\s/gu, '')).toContain(
      say(`venue.refused.${reason}`).replaceAll(/\s/gu, ''),
    );
    expect(stdout).toContain('4711');
    expect(writer.legs.get(legKey(position))).toEqual(before);
  });
});

/** With the words that the two of them have in it. */
function sentenceOf(say: Translate, key: TextKey): string {
  if (key === 'usage.missing') {
    return say(key, { name: 'amount', usage: '/addmargin POSITION [amount] [liq=…] [hf=…]' });
  }
  if (key === 'action.onlyOne') return say(key, { names: 'amount, liq, hf' });
  return (say as (plain: TextKey) => string)(key);
}

test.each([
  { line: '/addmargin', as: 'viewer' },
  { line: '/addmargin', as: 'approver' },
  { line: '/addmargin', as: 'admin' },
  { line: '/confirm x', as: 'approver' },
  { line: '/approve x', as: 'trader' },
  { line: '/approve x', as: 'admin' },
  { line: '/cancel x', as: 'viewer' },
  { line: '/audit', as: 'trader' },
])('$line is not open to a $as', async ({ line, as }) => {
  const { exit, stderr } = await json(line, { as });
  expect(exit).toBe(2);
  expect(stderr).toContain('is not open to your role');
});

test('a viewer may look at stops, and not set them', async () => {
  const { handle } = isolated();
  const shown = await json(`/tpsl ${handle}`, { as: 'viewer' });
  expect(shown).toMatchObject({ exit: 0, data: { position: { handle }, stops: [] } });
  const set = await json(`/tpsl ${handle} sl=2000`, { as: 'viewer' });
  expect(set.stderr.trim()).toBe('Your role does not allow this. Ask an admin of the desk.');
});

test('a large act: the amount is typed, and an approver agrees', async () => {
  const { data } = await json('/transfer bybit-reserve bybit-quant-a 1500 USDT');
  const { token, needsApproval } = data.preview;
  expect(needsApproval).toBe(true);
  expect((await json(`/confirm ${token}`)).stderr).toContain('Type the amount as well: 1500');
  expect(await json(`/confirm ${token} 1500`)).toMatchObject({
    exit: 0,
    data: { outcome: { state: 'pending' } },
  });
  const done = await json(`/approve ${token}`, { as: 'approver' });
  expect(done).toMatchObject({ exit: 0, data: { outcome: { state: 'done' } } });
  const { data: audit } = await json('/audit 3', { as: 'admin' });
  expect(audit.lines.map(({ what, actor }: Record<string, unknown>) => [what, actor])).toEqual([
    ['outcome', null],
    ['intent', null],
    ['consent', 'approver'],
  ]);
  for (const line of audit.lines) expect(line.hash).toMatch(/^[0-9a-f]{64}$/);
});

test('an unknown outcome exits 3, and a look at the venue settles it', async () => {
  const { handle, writer } = isolated();
  writer.faults.push({ kind: 'accept-then-reset' });
  const { data } = await json(`/addmargin ${handle} 40`);
  const { token } = data.preview;
  const lost = await json(`/confirm ${token}`);
  expect(lost).toMatchObject({ exit: 3, data: { outcome: { state: 'unknown' } } });
  expect(await json(`/check ${token}`)).toMatchObject({
    exit: 0,
    data: { outcome: { state: 'done' } },
  });
});

test('a cancelled preview is cancelled for good', async () => {
  const { data } = await json(`/addmargin ${isolated().handle} 40`);
  const { token } = data.preview;
  expect(await json(`/cancel ${token}`)).toMatchObject({
    exit: 0,
    data: { outcome: { state: 'cancelled' } },
  });
  expect((await json(`/confirm ${token}`)).stderr).toContain('decided already');
});

describe.each(['en', 'zh-CN'] as const)('why this amount, in %s', (locale) => {
  const say = createTranslate(locale);
  const textOf = async (line: string) => {
    const { stdout } = await world.ask(line, { as: 'trader', locale });
    return stdout.replace(/\s+/g, '');
  };

  test.each([
    { command: 'addmargin', key: 'act.why.add-margin.health', share: 1.005 },
    { command: 'removemargin', key: 'act.why.remove-margin.health', share: 0.999 },
  ] as const)('/$command to a health says what it reaches', async ({ command, key, share }) => {
    const { handle } = isolated();
    const { data } = await json(`/addmargin ${handle} 1`);
    // Without zeros at the end: it is shown as the number that it is.
    const asked = String(Number((Number(data.preview.before.healthFactor) * share).toFixed(3)));
    const line = `/${command} ${handle} hf=${asked}`;
    const { data: solved, stderr } = await json(line);
    expect(stderr).toBe('');
    const reached = Math.floor(Number(solved.preview.after.healthFactor) * 100) / 100;
    const [before = '', after = ''] = say(key, { reached: '#', asked }).split('#');
    const text = await textOf(line);
    expect(text).toContain(`${before}${reached.toFixed(2)}`.replace(/\s+/g, ''));
    expect(text).toContain(after.replace(/\s+/g, ''));
  });

  test('a liquidation price: what the preview reckons, beside what was typed', async () => {
    const { handle, position } = isolated();
    const { data } = await json(`/addmargin ${handle} 40`);
    const asked = data.preview.after.estimatedLiquidationPrice as string;
    const target = String(Number(Number(asked).toFixed(2)));
    const line = `/addmargin ${handle} liq=${target}`;
    const { data: solved, stderr } = await json(line);
    expect(stderr).toBe('');
    const words = say('act.why.add-margin.price', { reached: '#', asked: target }).split('#');
    const text = await textOf(line);
    for (const word of words) expect(text).toContain(word.replace(/\s+/g, ''));
    const reached = Number(solved.preview.after.estimatedLiquidationPrice);
    const isSafe = position.side === 'long' ? reached <= Number(target) : reached >= Number(target);
    expect(isSafe).toBe(true);
  });

  test.each(['/addmargin HANDLE 40', '/reduce HANDLE 1%'])(
    '%s was given: no reason',
    async (ask) => {
      const text = await textOf(ask.replace('HANDLE', isolated().handle));
      expect(text).not.toContain(locale === 'en' ? 'Whythis' : '依据');
    },
  );
});
