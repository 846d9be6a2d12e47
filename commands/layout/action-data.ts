import type { Act } from '../../src/actions/act.ts';
import type { Figures } from '../../src/actions/figures.ts';
import type { ActionCard } from '../../src/app/actions/action-desk.ts';
import { afterOf } from './action-rows.ts';
import { priceOf } from './price-of.ts';

/** `data.preview` while nobody has agreed, `data.outcome` from then on. */
export function actionData(card: ActionCard): Readonly<Record<string, unknown>> {
  const { state, isConfirmed } = card;
  const isPreview = state === 'pending' && !isConfirmed;
  return isPreview ? { preview: previewData(card) } : { outcome: outcomeData(card) };
}

function previewData(card: ActionCard) {
  const { token, needsApproval, record } = card;
  const { preview } = record;
  return {
    token,
    ...actData(card),
    before: figuresData(preview.before),
    after: figuresData(preview.after),
    receiver: preview.receiver && {
      before: figuresData(preview.receiver.before),
      after: figuresData(preview.receiver.after),
    },
    warnings: preview.warnings,
    countedUsd: preview.counted.kind === 'usd' ? preview.counted.usd : null,
    expiresAt: new Date(preview.expiresAt).toISOString(),
    needsApproval,
  };
}

function outcomeData(card: ActionCard) {
  const { preview } = card.record;
  return {
    state: stateOf(card),
    reason: reasonOf(card),
    ...actData(card),
    before: figuresData(preview.before),
    after: figuresData(afterOf(card)),
    clientRef: card.id,
    token: card.token,
  };
}

/** The words of the contract: what is agreed or under way is not known yet. */
function stateOf({ state }: ActionCard): string {
  if (state === 'approved') return 'pending';
  return state === 'executing' ? 'unknown' : state;
}

/** From closed lists; null where there is nothing to explain. */
function reasonOf({ record, state }: ActionCard): string | null {
  const { end, because } = record;
  if (state === 'unknown' && because !== null) return because;
  switch (end?.kind) {
    case 'refused':
    case 'ruled-out':
      return end.reason;
    case 'partly':
    case 'found-executing':
      return end.kind;
    case 'unknown':
      return state === 'unknown' ? end.error.kind : null;
    case 'reconciled':
      return end.as === 'refused' ? 'not-shown' : null;
    default:
      return null;
  }
}

function actData({ record }: ActionCard) {
  const { preview, position, handle } = record;
  const { act, account } = preview;
  return {
    action: act.kind,
    account,
    to: act.kind === 'transfer' ? act.to : null,
    handle,
    instrument: position?.instrument.symbol ?? null,
    ...amountData(act),
  };
}

function amountData(act: Act) {
  if (act.kind === 'set-stops') return { amount: null, currency: null };
  if (act.kind === 'reduce') return { amount: act.contracts, currency: null };
  return { amount: act.amount.amount, currency: act.amount.currency };
}

function figuresData(figures: Figures) {
  return {
    quantity: figures.quantity,
    collateral: figures.collateral?.amount ?? null,
    healthFactor: figures.healthFactor,
    riskUse: figures.riskUse,
    liquidationPrice: priceOf(figures.liquidationPrice),
    estimatedLiquidationPrice: figures.estimatedLiquidationPrice,
    liquidationDistance: figures.liquidationDistance,
    probability24h: figures.probability24h,
    takeProfit: priceOf(figures.takeProfit),
    stopLoss: priceOf(figures.stopLoss),
    freeCollateral: figures.freeCollateral?.amount ?? null,
  };
}
