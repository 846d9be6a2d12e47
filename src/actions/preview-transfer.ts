import type { Decimal } from '../domain/decimal.ts';
import { sumKnown } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { addMoney, money, toUsd } from '../domain/money.ts';
import type { PriceState } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import { asUsd } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import { healthFactor } from '../risk/margin-ratio.ts';
import type { CountedAmount } from './act.ts';
import type { Figures } from './figures.ts';
import { riskUseOf } from './figures.ts';
import type { HashText } from './hash-text.ts';
import type { Preview } from './preview.ts';
import { sealPreview } from './preview.ts';
import { inSteps } from './resolve-amount.ts';
import type { RiskWarning } from './risk-warnings.ts';
import { figureWarnings } from './risk-warnings.ts';

interface TransferParty {
  readonly account: AccountSnapshot;
  /** What it may send, in the transfer's currency; null: not known, the venue will say. */
  readonly free: Money | null;
}

export interface TransferDraft {
  readonly requestedBy: string;
  readonly amount: Money;
}

export interface TransferScene {
  readonly from: TransferParty;
  readonly to: TransferParty;
  readonly step: Decimal | null;
  /** US dollars per coin of the transfer's currency; null: not known. */
  readonly coinUsd: Decimal | null;
  readonly expiresAt: number;
  readonly hash: HashText;
}

/** `not-funded-by`: the desk file does not let this account send there. */
export type TransferRefusal =
  | 'same-account'
  | 'other-venue'
  | 'not-funded-by'
  | 'not-positive'
  | 'too-small'
  | 'more-than-free';

/** What moving collateral between two accounts of a venue would do to both. */
export function previewTransfer(
  draft: TransferDraft,
  scene: TransferScene,
): Result<Preview, TransferRefusal> {
  const { from, to } = scene;
  const payer = from.account.account;
  const receiver = to.account.account;
  if (payer.id === receiver.id) return err('same-account');
  if (payer.venue !== receiver.venue) return err('other-venue');
  if (!receiver.fundedBy.includes(payer.id)) return err('not-funded-by');
  const amount = inSteps(draft.amount, scene.step);
  if (!amount.ok) return amount;
  const { value } = amount;
  const { free } = from;
  if (free?.currency === value.currency && value.amount.gt(free.amount)) {
    return err('more-than-free');
  }
  const usd = toUsd(value, scene.coinUsd);
  const taken = { coins: money(value.amount.neg(), value.currency), usd: usd?.neg() ?? null };
  const given = { coins: value, usd };
  const [before, after] = [figuresOf(from, null), figuresOf(from, taken)];
  const counted: CountedAmount =
    usd === null ? { kind: 'unpriced' } : { kind: 'usd', usd: asUsd(usd) };
  const facts = {
    ...{ requestedBy: draft.requestedBy, account: payer.id, counted, before, after },
    act: { kind: 'transfer' as const, to: receiver.id, amount: value },
    markPrice: null,
    receiver: { before: figuresOf(to, null), after: figuresOf(to, given) },
    warnings: figureWarnings(before, after).map(ofPayer),
    expiresAt: scene.expiresAt,
  };
  return ok(sealPreview(facts, scene.hash));
}

const ofPayer = (warning: RiskWarning): RiskWarning =>
  warning === 'health-falls' ? 'payer-health-falls' : warning;

interface Change {
  readonly coins: Money;
  readonly usd: Decimal | null;
}

/** Where one side of a transfer stands. */
export function partyFigures(party: TransferParty): Figures {
  return figuresOf(party, null);
}

/** Of an account: its health and what is free; an account has no price and no stops. */
function figuresOf({ account, free }: TransferParty, change: Change | null): Figures {
  const { equityUsd = null, maintenanceMarginUsd = null } = account.margin ?? {};
  const equity = change === null ? equityUsd : sumKnown([equityUsd, change.usd]);
  const health = healthFactor(equity, maintenanceMarginUsd);
  const unknown: PriceState = { kind: 'unknown' };
  const isSame = change !== null && free?.currency === change.coins.currency;
  const left = isSame ? addMoney(free, change.coins) : null;
  return {
    ...{ quantity: null, collateral: null, healthFactor: health, riskUse: riskUseOf(health) },
    ...{ liquidationPrice: unknown, estimatedLiquidationPrice: null, liquidationDistance: null },
    ...{ probability24h: null, takeProfit: unknown, stopLoss: unknown },
    freeCollateral: change === null ? free : left,
  };
}
