import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Evaluation } from '../../src/app/evaluate-vectors.ts';
import { evaluateVectors } from '../../src/app/evaluate-vectors.ts';

const FOLDER =
  process.env['PLIMSOLL_FIXTURES'] ?? path.join(import.meta.dirname, '../../../shared/fixtures');
const FILE = path.join(FOLDER, 'risk-vectors.json');

function evaluate(text: string): Evaluation {
  const result = evaluateVectors(text);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/**
 * Kinds nobody here answers for: a trading engine's own sums (dYdX quantums, fillable prices, funding of
 * a chain), and records of somebody else's mistake or convention. `health_factor` to `var_parametric`
 * have vectors that contradict themselves.
 */
const NOT_OURS: ReadonlySet<string> = new Set([
  ...['arithmetic', 'break_even_price', 'liq_price_common_error', 'margin_rate_model'],
  ...['bankruptcy_quote_quantums', 'fillable_price', 'impact_notional', 'init_margin_quantums'],
  ...['funding_cap_8h', 'funding_clamp_ppm', 'maintenance_ppm', 'oi_scaled_imf_ppm'],
  ...['liquidation_threshold', 'order_loss', 'portfolio_mm_delta_only'],
  ...['health_factor', 'init_margin', 'liq_price_entry_notional', 'net_exposure'],
  ...['notional_inverse', 'var_parametric'],
]);

describe.skipIf(!existsSync(FILE))('the golden vectors', () => {
  const evaluation = existsSync(FILE) ? evaluate(readFileSync(FILE, 'utf8')) : null;
  const lines = evaluation?.lines ?? [];

  test('nothing fails', () => {
    expect(lines.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  test('only what is not ours is left out', () => {
    const left = lines.filter(({ status }) => status === 'unsupported').map(({ kind }) => kind);
    expect([...new Set(left)].filter((kind) => !NOT_OURS.has(kind))).toEqual([]);
    expect(evaluation?.summary.pass).toBeGreaterThanOrEqual(206);
  });

  test('what contradicts itself is shown beside our figure and not asserted', () => {
    const sample = lines.find(({ id }) => id === 'seed-liq-sample');
    expect(sample).toMatchObject({ status: 'unsupported', expected: '60000' });
    expect(String(sample?.got)).toBe('58825');
  });

  test('the last line counts the others', () => {
    const { pass, fail, unsupported } = evaluation?.summary ?? { pass: 0, fail: 0, unsupported: 0 };
    expect(pass + fail + unsupported).toBe(lines.length);
  });
});

interface VectorText {
  readonly kind?: string;
  readonly inputs?: unknown;
  readonly expected: unknown;
  readonly tolerance?: { type: string; value: string };
  readonly verified?: string;
}

function fileOf(text: VectorText): string {
  const vector = {
    ...{ id: 'one', venue: 'generic', kind: 'hedge_ratio', inputs: { long: '80', short: '20' } },
    ...{ tolerance: { type: 'abs', value: '0.5' }, verified: 'derived' },
    ...text,
  };
  return JSON.stringify({ vectors: [vector] });
}

const PNL = { kind: 'upnl_linear', inputs: { side: 'long', size: '1', entry: '100', mark: '110' } };
const FLAT = {
  kind: 'upnl_linear',
  inputs: { side: 'long', size: '1', entry: '100', mark: '100' },
};
const COVERED_IN_COIN = {
  kind: 'liq_price_inverse',
  inputs: {
    wallet_coin: '1',
    contract_size: '100',
    legs: [{ side: 'short', contracts: '500', entry: '50000', mmr: '0.004', cum: '0' }],
  },
};
const abs = (value: string) => ({ type: 'abs', value });
const rel = (value: string) => ({ type: 'rel', value });

test.each<{ why: string; text: VectorText; status: string }>([
  { why: 'exactly at the tolerance', text: { ...PNL, expected: '10.5' }, status: 'pass' },
  { why: 'just past it', text: { ...PNL, expected: '10.50001' }, status: 'fail' },
  {
    why: 'relative, at it',
    text: { ...PNL, expected: '12.5', tolerance: rel('0.2') },
    status: 'pass',
  },
  {
    why: 'relative, past it',
    text: { ...PNL, expected: '12.6', tolerance: rel('0.2') },
    status: 'fail',
  },
  {
    why: 'relative to zero',
    text: { ...FLAT, expected: '0', tolerance: rel('1') },
    status: 'pass',
  },
  {
    why: 'not zero, relative to zero',
    text: { ...PNL, expected: '0', tolerance: rel('1') },
    status: 'fail',
  },
  { why: 'tolerance zero', text: { ...PNL, expected: '10', tolerance: abs('0') }, status: 'pass' },
  { why: 'a JSON number is a figure', text: { ...PNL, expected: 10 }, status: 'pass' },
  {
    why: 'null is expected and said',
    text: { ...COVERED_IN_COIN, expected: null },
    status: 'pass',
  },
  { why: 'null is expected, a figure said', text: { ...PNL, expected: null }, status: 'fail' },
  {
    why: 'a figure is expected, null said',
    text: { ...COVERED_IN_COIN, expected: '1' },
    status: 'fail',
  },
  { why: 'text is no figure', text: { ...PNL, expected: 'ten' }, status: 'fail' },
  {
    why: 'every key inside',
    text: { expected: { hedge_ratio_min_over_max_pct: '25.5' } },
    status: 'pass',
  },
  {
    why: 'one key off',
    text: { expected: { hedge_ratio_min_over_max_pct: '26' } },
    status: 'fail',
  },
  { why: 'a key we do not say', text: { expected: { something: '25' } }, status: 'fail' },
  { why: 'an unknown kind', text: { kind: 'tea_leaves', expected: '1' }, status: 'unsupported' },
  { why: 'inputs of another shape', text: { inputs: {}, expected: '1' }, status: 'unsupported' },
  {
    why: 'a source that contradicts itself',
    text: { ...PNL, expected: '10', verified: 'not_reproduced' },
    status: 'unsupported',
  },
])('$why: $status', ({ text, status }) => {
  expect(evaluate(fileOf(text)).lines[0]?.status).toBe(status);
});

test.each([
  { why: 'not JSON', text: '{', error: 'not a JSON file' },
  { why: 'no list', text: '{}', error: 'no list "vectors" in the file' },
  {
    why: 'a row that is no vector',
    text: '{"vectors":[{"id":"x"}]}',
    error: 'vectors[0] lacks id, kind, inputs, expected or tolerance',
  },
])('a file that is $why is refused', ({ text, error }) => {
  expect(evaluateVectors(text)).toEqual({ ok: false, error });
});
