import { expect, test } from 'vitest';
import { Decimal } from '../../../src/domain/decimal.ts';
import { withDeleveraging } from '../../../src/risk/stress/scenario.ts';
import { scenarioData } from '../../../src/risk/stress/scenario-data.ts';
import { whatIfUsd } from '../../../src/risk/stress/what-if-usd.ts';
import { account, desk } from '../sample-desk.ts';
import { leg, path, stress } from './stressed.ts';

const SNAPSHOT = desk(
  account({ id: 'up', equity: '90000', positions: [leg('long 10 BTC')] }),
  account({ id: 'down', equity: '100000', positions: [leg('short 10 BTC')] }),
  account({ id: 'silent', status: 'missing' }),
);

test('a scenario in JSON has the keys a script relies on, and no float', () => {
  const outcome = stress(SNAPSHOT, withDeleveraging(path({ BTC: -17 }, { BTC: -3 }), 0.5));
  const floats: string[] = [];
  const text = JSON.stringify(scenarioData(outcome), (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) floats.push(key);
    return value instanceof Decimal ? value.toFixed() : value;
  });
  expect(floats).toEqual([]);
  expect(JSON.parse(text)).toMatchObject({
    id: 'test-adl-half',
    accounts: [
      { account: 'up', equityUsd: '0', maintenanceMarginUsd: '0', liquidated: true },
      { account: 'down', equityUsd: '181000', maintenanceMarginUsd: '1245', liquidated: false },
      {
        ...{ account: 'silent', equityUsd: null, maintenanceMarginUsd: null, liquidated: null },
        unknown: 'missing',
      },
    ],
    pooledHealthFactor: '38.1526',
    pooled: { liquidated: false, missing: ['silent'] },
  });
});

test.each([
  { why: 'cents', amount: 12.345678, text: '12.35' },
  { why: 'not known', amount: null, text: null },
  { why: 'not finite', amount: Number.POSITIVE_INFINITY, text: null },
])('what-if amounts: $why', ({ amount, text }) => {
  expect(whatIfUsd(amount)?.toFixed() ?? null).toBe(text);
});
