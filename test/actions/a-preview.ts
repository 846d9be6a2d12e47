import { createHash } from 'node:crypto';
import type { Approved } from '../../src/actions/approve.ts';
import { approve } from '../../src/actions/approve.ts';
import type { ConsentRequest } from '../../src/actions/consent.ts';
import type { Figures } from '../../src/actions/figures.ts';
import type { Preview, PreviewFacts } from '../../src/actions/preview.ts';
import { sealPreview } from '../../src/actions/preview.ts';
import { dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { InstrumentId } from '../../src/domain/units.ts';
import { asAccountId, asPrice, asRatio, asUsd } from '../../src/domain/units.ts';

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const LEG = { instrument: 'bybit:BTC/USDT:USDT' as InstrumentId, side: 'long' } as const;

const NO_FIGURES: Figures = {
  quantity: null,
  collateral: null,
  healthFactor: null,
  riskUse: null,
  liquidationPrice: { kind: 'unknown' },
  estimatedLiquidationPrice: null,
  liquidationDistance: null,
  probability24h: null,
  takeProfit: { kind: 'unknown' },
  stopLoss: { kind: 'unknown' },
  freeCollateral: null,
};

/** 500 USDT to be added by `trader` at a mark of 60,000, good until 60,000 ms. */
export function aPreview(changes: Partial<PreviewFacts> = {}): Preview {
  const facts: PreviewFacts = {
    requestedBy: 'trader',
    account: asAccountId('a'),
    act: { kind: 'add-margin', leg: LEG, amount: money(dec(500), 'USDT') },
    counted: usd(500),
    markPrice: asPrice(dec(60_000)),
    before: NO_FIGURES,
    after: NO_FIGURES,
    receiver: null,
    warnings: ['health-falls'],
    expiresAt: 60_000,
    ...changes,
  };
  return sealPreview(facts, sha256);
}

export const usd = (amount: number) => ({ kind: 'usd' as const, usd: asUsd(dec(amount)) });

/** A click that is granted: the asker confirms 500 of 1,000 that need nobody else. */
export function aRequest(changes: Partial<ConsentRequest> = {}): ConsentRequest {
  const preview = changes.preview ?? aPreview();
  const trader = { person: 'trader', roles: ['trader'], accounts: null } as const;
  return {
    preview,
    verb: 'confirm',
    by: trader,
    asker: trader,
    shownHash: preview.hash,
    isConfirmed: false,
    access: ['trade'],
    limits: {
      maxAmount: asUsd(dec(5_000)),
      dailyAmount: asUsd(dec(20_000)),
      twoPersonAbove: asUsd(dec(1_000)),
      reducing: { maxAmount: asUsd(dec(50_000)), twoPersonAbove: asUsd(dec(20_000)) },
      maxMarkDrift: asRatio(dec('0.005')),
    },
    spentToday: { byPerson: asUsd(dec(0)), byAccount: asUsd(dec(0)) },
    markNow: asPrice(dec(60_000)),
    now: 0,
    ...changes,
  };
}

export function anApproved(): Approved {
  const answer = approve(aRequest());
  if (answer.kind !== 'approved') throw new TypeError('the sample click is granted');
  return answer.approved;
}
