import { ZERO } from '../domain/decimal.ts';
import type { Price, Ratio, Usd } from '../domain/units.ts';
import type { CountedAmount } from './act.ts';
import type { Preview } from './preview.ts';

/** Who clicks, as the desk knows them now. */
export interface Consenter {
  readonly person: string;
  readonly roles: readonly ('viewer' | 'trader' | 'approver' | 'admin')[];
  /** Null: all. */
  readonly accounts: readonly string[] | null;
}

/** As configured, in US dollars. Whatever is null is not configured, and then nobody may. */
export interface ActionLimits {
  readonly maxAmount: Usd | null;
  /** Per person and per account. */
  readonly dailyAmount: Usd | null;
  readonly twoPersonAbove: Usd | null;
  /** For acts that lower risk; null: the others' limits hold for them too. */
  readonly reducing: { readonly maxAmount: Usd; readonly twoPersonAbove: Usd } | null;
  /** A mark that moved by more than this share asks for a new preview. */
  readonly maxMarkDrift: Ratio | null;
}

/** One click on a preview, and all that decides about it. */
export interface ConsentRequest {
  readonly preview: Preview;
  /** `confirm` is the asker's, `approve` the second person's. */
  readonly verb: 'confirm' | 'approve';
  readonly by: Consenter;
  /** The asker as they are now: a right that was taken away since is gone. */
  readonly asker: Consenter;
  /** Hash of what the one who clicks was shown. */
  readonly shownHash: string;
  /** The asker has confirmed this very preview before. */
  readonly isConfirmed: boolean;
  /** Of every account it touches, of a transfer both; null: the desk does not know one of them. */
  readonly access: readonly ('read' | 'trade' | null)[];
  readonly limits: ActionLimits | null;
  /** Counted today, of the asker and of the account, without this act; null: not known. */
  readonly spentToday: { readonly byPerson: Usd; readonly byAccount: Usd } | null;
  readonly markNow: Price | null;
  readonly now: number;
}

export type ConsentRefusal =
  | 'not-configured'
  | 'not-permitted'
  | 'account-not-yours'
  | 'account-read-only'
  | 'not-yours'
  | 'self-approval'
  | 'not-confirmed'
  | 'no-approver-needed'
  | 'not-what-was-shown'
  | 'expired'
  | 'would-liquidate'
  | 'amount-not-known'
  | 'day-not-known'
  | 'above-max-amount'
  | 'above-daily-of-person'
  | 'above-daily-of-account'
  | 'mark-not-known';

/** `needs-approver`: the asker's part is done. `new-preview`: the mark moved, look again. */
export type ConsentAnswer =
  | { readonly kind: 'granted' }
  | { readonly kind: 'needs-approver' }
  | { readonly kind: 'new-preview' }
  | { readonly kind: 'refused'; readonly reason: ConsentRefusal };

/**
 * What a click is worth. Granted only when every rule says yes: whatever is missing or not known refuses.
 * Who may not is told so before anything about the preview is.
 */
export function consent(request: ConsentRequest): ConsentAnswer {
  const caps = capsOf(request);
  if (caps === null) return refused('not-configured');
  const reason = personRefusal(request) ?? previewRefusal(request) ?? amountRefusal(request, caps);
  if (reason !== null) return refused(reason);
  const drift = driftOf(request);
  if (drift === null) return refused('mark-not-known');
  if (drift.gt(caps.maxMarkDrift)) return { kind: 'new-preview' };
  const needsTwo = isLarge(request.preview, request.limits);
  if (request.verb === 'confirm') return { kind: needsTwo ? 'needs-approver' : 'granted' };
  return needsTwo ? { kind: 'granted' } : refused('no-approver-needed');
}

/** More than one person may decide alone; where no limit is configured nobody may decide at all. */
export function isLarge(preview: Preview, limits: ActionLimits | null): boolean {
  const caps = capsOf({ limits, preview });
  return caps !== null && usdOf(preview.counted).gt(caps.twoPersonAbove);
}

const refused = (reason: ConsentRefusal): ConsentAnswer => ({ kind: 'refused', reason });

interface Caps {
  readonly maxAmount: Usd;
  readonly dailyAmount: Usd;
  readonly twoPersonAbove: Usd;
  readonly maxMarkDrift: Ratio;
}

/** A larger cap for acts that lower risk would be worth nothing under a smaller day: the day grows with it. */
function capsOf({ limits, preview }: Pick<ConsentRequest, 'limits' | 'preview'>): Caps | null {
  const { maxAmount, dailyAmount, twoPersonAbove, maxMarkDrift, reducing } = limits ?? {};
  if (!maxAmount || !dailyAmount || !twoPersonAbove || !maxMarkDrift) return null;
  const caps = { maxAmount, dailyAmount, twoPersonAbove, maxMarkDrift };
  if (!reducing || !lowersRisk(preview)) return caps;
  const day = reducing.maxAmount.gt(dailyAmount) ? reducing.maxAmount : dailyAmount;
  return { ...caps, ...reducing, dailyAmount: day };
}

/** Adds margin or closes, and nothing that is known gets worse. A transfer weakens the one who pays. */
export function lowersRisk({ act, warnings }: Pick<Preview, 'act' | 'warnings'>): boolean {
  return (act.kind === 'add-margin' || act.kind === 'reduce') && warnings.length === 0;
}

function personRefusal(request: ConsentRequest): ConsentRefusal | null {
  const { by, asker, verb, preview, isConfirmed } = request;
  const mayAct = by.roles.includes(verb === 'confirm' ? 'trader' : 'approver');
  if (!mayAct || !asker.roles.includes('trader')) return 'not-permitted';
  if (!reaches(by, preview) || !reaches(asker, preview)) return 'account-not-yours';
  if (!mayTrade(request)) return 'account-read-only';
  if (asker.person !== preview.requestedBy) return 'not-yours';
  const isAsker = by.person === preview.requestedBy;
  if (verb === 'confirm') return isAsker ? null : 'not-yours';
  if (isAsker) return 'self-approval';
  return isConfirmed ? null : 'not-confirmed';
}

function mayTrade({ access, preview }: ConsentRequest): boolean {
  const touched = preview.act.kind === 'transfer' ? 2 : 1;
  return access.length === touched && access.every((each) => each === 'trade');
}

function reaches({ accounts }: Consenter, { account, act }: Preview): boolean {
  if (accounts === null) return true;
  return accounts.includes(account) && (act.kind !== 'transfer' || accounts.includes(act.to));
}

function previewRefusal({ preview, shownHash, now }: ConsentRequest): ConsentRefusal | null {
  if (shownHash !== preview.hash) return 'not-what-was-shown';
  if (!(now < preview.expiresAt)) return 'expired';
  return preview.warnings.includes('would-liquidate') ? 'would-liquidate' : null;
}

function amountRefusal(request: ConsentRequest, caps: Caps): ConsentRefusal | null {
  const { counted } = request.preview;
  if (counted.kind === 'none') return null;
  if (counted.kind === 'unpriced') return 'amount-not-known';
  if (counted.usd.gt(caps.maxAmount)) return 'above-max-amount';
  const { spentToday } = request;
  if (spentToday === null) return 'day-not-known';
  const left = caps.dailyAmount.minus(counted.usd);
  if (spentToday.byPerson.gt(left)) return 'above-daily-of-person';
  return spentToday.byAccount.gt(left) ? 'above-daily-of-account' : null;
}

/** Stops move no money, so they count as nothing. */
function usdOf(counted: CountedAmount) {
  return counted.kind === 'usd' ? counted.usd : ZERO;
}

function driftOf({ preview, markNow }: ConsentRequest) {
  const { markPrice, act } = preview;
  if (act.kind === 'transfer') return ZERO;
  if (markPrice === null || markNow === null || markPrice.lte(0)) return null;
  return markNow.minus(markPrice).div(markPrice).abs();
}
