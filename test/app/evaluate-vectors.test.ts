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

/** Every kind this program answers for, and of how many vectors at least. */
const COVERED: Readonly<Record<string, number>> = {
  upnl_linear: 5,
  upnl_inverse: 3,
  upl_ratio: 1,
  notional_inverse: 2,
  maint_margin: 3,
  maint_margin_tiered: 1,
  maint_margin_inverse: 1,
  maintenance_amount: 8,
  maintenance_amount_lookup: 1,
  maintenance_rate_lookup: 1,
  init_margin: 2,
  init_margin_inverse: 1,
  liq_price_entry_notional: 3,
  liq_price_mark_notional: 3,
  liq_price_linear_isolated: 23,
  liq_price_linear_isolated_fee: 3,
  liq_price_linear_isolated_legacy: 2,
  liq_price_linear_tiered: 4,
  liq_price_inverse: 3,
  liq_price_inverse_isolated: 3,
  liq_price_inverse_isolated_display: 1,
  liq_price_inverse_isolated_legacy: 3,
  liq_price_inverse_isolated_legacy_margin: 1,
  bankruptcy_price: 1,
  bankruptcy_price_inverse: 1,
  distance_to_liq: 1,
  health_factor: 2,
  health_factor_seed: 1,
  margin_rate: 2,
  margin_ratio: 1,
  margin_ratio_isolated: 1,
  margin_ratio_cross: 1,
  account_mm_rate: 1,
  uni_mmr: 1,
  collateral_value: 1,
  hedge_ratio: 3,
  base_asset_netting: 1,
  inverse_delta_with_collateral: 1,
  concentration: 1,
};

describe.skipIf(!existsSync(FILE))('the golden vectors', () => {
  const evaluation = existsSync(FILE) ? evaluate(readFileSync(FILE, 'utf8')) : null;
  const lines = evaluation?.lines ?? [];

  test('nothing fails', () => {
    expect(lines.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  test('every covered kind passes as often as it can', () => {
    const passed = Map.groupBy(
      lines.filter(({ status }) => status === 'pass'),
      ({ kind }) => kind,
    );
    expect(Object.fromEntries([...passed].map(([kind, all]) => [kind, all.length]))).toEqual(
      COVERED,
    );
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
