import type { ActionEvent } from '../../actions/action-state.ts';
import { NEW_ACTION, stepAction } from '../../actions/action-state.ts';
import { canonicalJson } from '../../actions/canonical-json.ts';
import type { Preview } from '../../actions/preview.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { AuditNote, StoredAction } from '../../ports/action-store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { ActionDeps } from './action-deps.ts';
import { type ActionRecord, toBody } from './action-record.ts';

type Ledger = Pick<ActionDeps, 'store' | 'clock' | 'hash'>;

/** A row and what is in it, as last read or written. */
export interface Kept {
  readonly row: StoredAction;
  readonly record: ActionRecord;
}

/** Who did it, and what is worth knowing later. `actor` null: the desk itself. */
export interface Noted {
  readonly what: string;
  readonly actor: { readonly person: string; readonly network: string } | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Puts a new preview on record, with the request and what was shown. */
export async function open(
  opened: { readonly id: string; readonly tokenHash: string; readonly record: ActionRecord },
  notes: readonly Noted[],
  { store, clock }: Ledger,
): Promise<Result<Kept, StoreError>> {
  const { id, tokenHash, record } = opened;
  const { preview } = record;
  const now = clock.now();
  const row: StoredAction = {
    ...{ id, tokenHash, ...NEW_ACTION },
    kind: preview.act.kind,
    account: preview.account,
    requestedBy: preview.requestedBy,
    countedUsd: preview.counted.kind === 'usd' ? preview.counted.usd.toString() : null,
    ...{ createdAt: now, updatedAt: now, expiresAt: preview.expiresAt },
    body: toBody(record),
  };
  const written = await store.create(
    row,
    notes.map((note) => auditNote(row, note, now)),
  );
  if (!written.ok) return written;
  // 128 random bits that are there already are no coincidence.
  return written.value ? ok({ row, record }) : err({ kind: 'refused', code: null });
}

/** What a step writes: the event, if the state changes, and what is new in the record. */
export interface Step {
  readonly event: ActionEvent | null;
  readonly change: Partial<ActionRecord>;
  readonly note: Noted;
}

/** `lost`: somebody else was faster, and nothing was written. */
export async function advance(
  { row, record }: Kept,
  { event, change, note }: Step,
  { store, clock }: Ledger,
): Promise<Result<Kept, StoreError | { readonly kind: 'lost' }>> {
  const { revision } = row;
  const stepped =
    event === null
      ? ok({ state: row.state, revision: revision + 1 })
      : stepAction(row, { event, revision });
  if (!stepped.ok) return err({ kind: 'lost' });
  const now = clock.now();
  const changed = { ...record, ...change };
  const next = { ...row, ...stepped.value, updatedAt: now, body: toBody(changed) };
  const written = await store.step(next, revision, [auditNote(next, note, now)]);
  if (!written.ok) return written;
  return written.value ? ok({ row: next, record: changed }) : err({ kind: 'lost' });
}

/** A line about an action that does not move it: a refusal. */
export function auditNote(
  { id, account, kind, state }: Pick<StoredAction, 'id' | 'account' | 'kind' | 'state'>,
  { what, actor, detail }: Noted,
  at: number,
): AuditNote {
  const who = { actor: actor?.person ?? null, network: actor?.network ?? null };
  return { at, what, ...who, account, action: id, kind, state, detail: plainDetail(detail) };
}

/** As it will come back from the store: what is hashed must not change on the way. */
export function plainDetail(detail: object): Readonly<Record<string, unknown>> {
  return JSON.parse(canonicalJson(detail)) as Record<string, unknown>;
}

/** What of a preview goes into the audit: the act, what it counts as, and the hash of all that was shown. */
export function previewDetail({ act, counted, markPrice, hash, warnings, expiresAt }: Preview) {
  return { act, counted, markPrice, hash, warnings, expiresAt };
}
