import type { ActionState } from '../../actions/action-state.ts';
import type { AuditLine } from '../../actions/audit-chain.ts';
import type { Consenter } from '../../actions/consent.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Result } from '../../domain/result.ts';
import type { ActionRecord, ActionRequest } from './action-record.ts';
import type { ActionRefusal } from './action-refusal.ts';
import type { StopsLook } from './look-at-stops.ts';

/** Somebody who acts, and where from. */
export interface Acting extends Consenter {
  readonly network: string;
}

/** One action as it is now: what a card shows. */
export interface ActionCard {
  readonly id: string;
  /** Only who holds it has been told: the store does not know it. */
  readonly token: string;
  readonly state: ActionState;
  readonly record: ActionRecord;
  readonly updatedAt: number;
  /** An approver other than the asker has to agree, and the asker has to type the amount. */
  readonly needsApproval: boolean;
  /** The asker's part is done. */
  readonly isConfirmed: boolean;
  /** What a large act's asker types; null: there is no amount. */
  readonly amount: Decimal | null;
  /** The former preview was for a mark, or a position, that is no more. */
  readonly replaces: 'moved' | null;
}

/** An act that was agreed to, whatever came of it. */
export type PastAct = Pick<ActionCard, 'id' | 'state' | 'record' | 'updatedAt'>;

export interface ConsentTo {
  readonly token: string;
  /** The amount as typed; null: none was. */
  readonly typed: string | null;
}

/** The write ladder, for one person: every step looks at who asks, at that moment. */
export interface ActionDesk {
  propose(request: ActionRequest): Promise<Result<ActionCard, ActionRefusal>>;
  confirm(to: ConsentTo): Promise<Result<ActionCard, ActionRefusal>>;
  approve(to: ConsentTo): Promise<Result<ActionCard, ActionRefusal>>;
  cancel(token: string): Promise<Result<ActionCard, ActionRefusal>>;
  /** The triggers of a position, by its handle. Changes nothing. */
  stops(handle: string): Promise<Result<StopsLook, ActionRefusal>>;
  /** How it stands; an unknown one is looked up at the venue first. Changes nothing there. */
  check(token: string): Promise<Result<ActionCard, ActionRefusal>>;
  /** Asked for since then and agreed to, ascending: those of which this person may see every account. */
  since(at: number): Promise<Result<readonly PastAct[], ActionRefusal>>;
  /** Newest first. */
  audit(limit: number): Promise<Result<readonly AuditLine[], ActionRefusal>>;
}
