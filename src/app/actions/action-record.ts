import type { Consenter, ConsentRefusal } from '../../actions/consent.ts';
import type { Figures } from '../../actions/figures.ts';
import type { HashText } from '../../actions/hash-text.ts';
import type { Preview, PreviewFacts } from '../../actions/preview.ts';
import { sealPreview } from '../../actions/preview.ts';
import type { PositionAsk } from '../../actions/preview-position.ts';
import type { ReadBack, Reconciled } from '../../actions/reconcile.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Position } from '../../domain/position.ts';
import type { AccountId, Handle } from '../../domain/units.ts';
import type { StoredAction } from '../../ports/action-store.ts';
import type { WriteOutcome } from '../../ports/venue-writer.ts';
import { fromDecimalJson, toDecimalJson } from './decimal-json.ts';

/** What somebody asked for, as typed: asked again when the mark has moved away from the preview. */
export type ActionRequest =
  | { readonly kind: 'position'; readonly handle: string; readonly ask: PositionAsk }
  | {
      readonly kind: 'transfer';
      readonly from: AccountId;
      readonly to: AccountId;
      readonly amount: Decimal;
      readonly currency: string;
    };

interface GivenConsent {
  readonly person: string;
  readonly network: string;
  readonly verb: 'confirm' | 'approve';
  readonly at: number;
}

/**
 * How it ended, or why nobody knows yet. `accepted`: the venue said yes; `isShown`: and it shows it.
 * `found-executing`: the program was lost between the call and its answer.
 */
export type ActionEnd =
  | { readonly kind: 'accepted'; readonly isShown: boolean }
  | {
      readonly kind: 'ruled-out';
      readonly reason: ConsentRefusal | 'moved' | 'nothing-was-sent' | 'stopped';
    }
  | { readonly kind: 'reconciled'; readonly as: 'done' | 'refused' }
  | { readonly kind: 'found-executing' }
  | Exclude<WriteOutcome, { readonly kind: 'accepted' }>;

/** Everything about one action that its columns do not say. */
export interface ActionRecord {
  readonly request: ActionRequest;
  readonly preview: Preview;
  /** Of a leg; null for a transfer. Without its brackets: they are long, and nobody needs them here. */
  readonly position: Position | null;
  readonly handle: Handle | null;
  /** What stood when the preview was made. */
  readonly seen: ReadBack;
  /** As they were when they asked; somebody the desk file does not name has no later rights to look up. */
  readonly asker: Consenter;
  readonly consents: readonly GivenConsent[];
  /** What stood right before the call; null: no venue has been asked. */
  readonly before: ReadBack | null;
  readonly sentAt: number | null;
  readonly end: ActionEnd | null;
  /** Why it is still unknown, by the last look. */
  readonly because: (Reconciled & { kind: 'still-unknown' })['because'] | null;
  /** What the venue showed at the last look. */
  readonly shown: ReadBack | null;
  readonly after: Figures | null;
}

type StoredRecord = Omit<ActionRecord, 'preview'> & {
  readonly facts: PreviewFacts;
  readonly hash: string;
};

export function toBody({ preview, position, ...rest }: ActionRecord): string {
  const { hash, ...facts } = preview;
  const slim = position && { ...position, instrument: { ...position.instrument, tiers: null } };
  return toDecimalJson({ ...rest, position: slim, facts, hash });
}

/** The record, and the hash of what people were shown: other than the preview's when a row was changed. */
export function fromBody(
  { body }: StoredAction,
  hash: HashText,
): { readonly record: ActionRecord; readonly shownHash: string } {
  const { facts, hash: shownHash, ...rest } = fromDecimalJson(body) as StoredRecord;
  return { record: { ...rest, preview: sealPreview(facts, hash) }, shownHash };
}
