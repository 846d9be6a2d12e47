import type { ProtectionPlan } from '../../actions/protection-plan.ts';
import { dec } from '../../domain/decimal.ts';
import { asAccountId, asRatio, asUsd } from '../../domain/units.ts';

/** No day of the calendar is later. */
const ALWAYS = 8_640_000_000_000_000;

/** One plan for the demo desk's weakest account. As every plan begins: it only tells. */
export const DEMO_PLANS: readonly ProtectionPlan[] = [
  {
    id: 'demo-reserve',
    account: asAccountId('bybit-quant-a'),
    position: null,
    when: { kind: 'health-below', value: asRatio(dec('4')) },
    act: { kind: 'add-margin', upTo: asUsd(dec(5000)), from: asAccountId('bybit-reserve') },
    caps: { perAct: asUsd(dec(5000)), perDay: asUsd(dec(15_000)) },
    cooldownMs: 600_000,
    until: ALWAYS,
    isDryRun: true,
    agreed: null,
  },
];
