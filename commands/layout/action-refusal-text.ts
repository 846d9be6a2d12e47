import type { ActionRefusal } from '../../src/app/actions/action-refusal.ts';
import type { CommandContext } from '../../src/app/command.ts';
import { unreachable } from '../../src/domain/result.ts';
import { errorText } from '../../src/replies/gap-text.ts';
import { nearest } from '../../src/replies/nearest.ts';
import type { EstimateMissing } from '../../src/risk/estimate-liquidation.ts';
import { plain } from './action-text.ts';

/** Why nothing was done, and what to do: a sentence a trader acts on. */
export function refusalText(refusal: ActionRefusal, context: CommandContext): string {
  const { say } = context;
  switch (refusal.kind) {
    case 'unknown-handle':
      return unknownHandle(refusal, context);
    case 'ambiguous':
      return say('refusal.ambiguous', { handle: refusal.handle, known: refusal.known.join(', ') });
    case 'unknown-account':
      return say('usage.unknownAccount', {
        account: refusal.account,
        known: refusal.known.join(', '),
      });
    case 'not-offered':
      return say('refusal.not-offered', {
        what: say(`act.name.${refusal.what}`),
        account: refusal.account,
        venue: refusal.venue,
      });
    case 'no-way':
      return say('refusal.no-way', { from: refusal.from, to: refusal.to });
    case 'cross-margin':
      return crossMargin(refusal, context);
    case 'amount':
      return amountText(refusal.reason, context);
    case 'consent':
      return say(`refusal.consent.${refusal.reason}`);
    case 'not-read': {
      const { account, error } = refusal;
      const reason = error === null ? say('gap.what.stale') : errorText(error, context);
      return say('refusal.not-read', { account, reason });
    }
    case 'changing':
      return say('refusal.changing', { handle: refusal.handle });
    case 'unknown-token':
    case 'waits-for-approver':
    case 'busy':
      return say(`refusal.${refusal.kind}`);
    case 'used':
      return say('refusal.used', { state: say(`action.state.${refusal.state}`) });
    case 'type-amount': {
      const amount = plain(refusal.amount);
      const { typed } = refusal;
      return typed === null
        ? say('refusal.type-amount', { amount })
        : say('refusal.wrong-amount', { amount, typed });
    }
    case 'store':
      return say('refusal.store');
    default:
      return unreachable(refusal);
  }
}

function unknownHandle(
  { handle, known }: Extract<ActionRefusal, { kind: 'unknown-handle' }>,
  { say }: CommandContext,
): string {
  const near = nearest(handle.toLowerCase(), [...known]);
  return near === null
    ? say('refusal.unknown-handle', { handle })
    : say('refusal.unknown-handle-near', { handle, near });
}

function crossMargin(
  { handle, account, settle, funders }: Extract<ActionRefusal, { kind: 'cross-margin' }>,
  { say }: CommandContext,
): string {
  const [funder] = funders;
  const facts = { handle, account };
  return funder === undefined
    ? say('refusal.cross-margin', facts)
    : say('refusal.cross-margin-transfer', {
        ...facts,
        line: `/transfer ${funder} ${account} … ${settle}`,
      });
}

type AmountReason = Extract<ActionRefusal, { kind: 'amount' }>['reason'];

/** What an estimate misses has its words already. */
const MISSING: ReadonlySet<AmountReason> = new Set<EstimateMissing>([
  ...(['no-equity', 'no-pooling', 'no-margin-mode', 'no-maintenance', 'no-haircut'] as const),
  ...(['no-coin-price', 'no-isolated', 'no-fee', 'unread-position', 'portfolio'] as const),
  ...([
    'no-mark',
    'no-tiers',
    'no-entry',
    'not-dollars',
    'no-collateral',
    'never',
    'past',
  ] as const),
]);

function isMissing(reason: AmountReason): reason is EstimateMissing {
  return MISSING.has(reason);
}

function amountText(reason: AmountReason, { say }: CommandContext): string {
  if (!isMissing(reason)) return say(`refusal.amount.${reason}`);
  return say('refusal.amount.unknown', { reason: say(`estimate.missing.${reason}`) });
}
