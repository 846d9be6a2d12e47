import type { AccountId } from '../domain/units.ts';
import type { Act } from './act.ts';
import type { ConsentAnswer, ConsentRequest } from './consent.ts';
import { consent } from './consent.ts';
import type { Preview } from './preview.ts';

declare const approval: unique symbol;

/** Only `approve` makes one, and only an Approved becomes an intent. */
export type Approved = Preview & {
  /** Whose click completed it. */
  readonly approvedBy: string;
  readonly [approval]: true;
};

export type ApproveAnswer =
  | { readonly kind: 'approved'; readonly approved: Approved }
  | Exclude<ConsentAnswer, { readonly kind: 'granted' }>;

export function approve(request: ConsentRequest): ApproveAnswer {
  const answer = consent(request);
  if (answer.kind !== 'granted') return answer;
  const approved = { ...request.preview, approvedBy: request.by.person } as Approved;
  return { kind: 'approved', approved };
}

/** What goes on record before the venue hears of it, and what it is asked for. */
export interface Intent {
  readonly account: AccountId;
  readonly act: Act;
  /** Our own id of the act at the venue. */
  readonly clientRef: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
  /** Of the preview that was consented to. */
  readonly hash: string;
}

export function intentOf(approved: Approved, clientRef: string): Intent {
  const { account, act, requestedBy, approvedBy, hash } = approved;
  return { account, act, clientRef, requestedBy, approvedBy, hash };
}
