import { createHash } from 'node:crypto';
import { type AuditLine, nextLine } from '../../src/actions/audit-chain.ts';
import { ok } from '../../src/domain/result.ts';
import type { ActionStore, AuditNote, StoredAction } from '../../src/ports/action-store.ts';
import type { StoreAnswer } from '../../src/ports/store.ts';

export type Answer = <T>(work: () => T) => StoreAnswer<T>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const emptyActionShelf = () => ({
  actions: new Map<string, StoredAction>(),
  lines: [] as AuditLine[],
});

/** Actions and their audit in memory; a shelf handed to a second one is a restart. */
export function fakeActionStore(
  shelf = emptyActionShelf(),
  answer: Answer = async (work) => ok(work()),
): ActionStore {
  const record = (notes: readonly AuditNote[]): void => {
    for (const note of notes) {
      const entry = JSON.parse(JSON.stringify(note)) as AuditNote;
      shelf.lines.push(nextLine(shelf.lines.at(-1) ?? null, entry, sha256));
    }
  };
  const matching = (fits: (action: StoredAction) => boolean): StoredAction[] =>
    [...shelf.actions.values()]
      .filter(fits)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return {
    create: (action, notes) =>
      answer(() => {
        const { id, tokenHash } = action;
        if (matching((had) => had.id === id || had.tokenHash === tokenHash).length > 0) {
          return false;
        }
        shelf.actions.set(id, action);
        record(notes);
        return true;
      }),
    step: (next, revision, notes) =>
      answer(() => {
        if (shelf.actions.get(next.id)?.revision !== revision) return false;
        shelf.actions.set(next.id, next);
        record(notes);
        return true;
      }),
    note: (notes) =>
      answer(() => {
        record(notes);
        return null;
      }),
    forget: (before) =>
      answer(() => {
        const ended = ['done', 'refused', 'expired', 'cancelled'];
        const doomed = matching((had) => ended.includes(had.state) && had.updatedAt < before);
        for (const { id } of doomed) shelf.actions.delete(id);
        return doomed.length;
      }),
    byId: (id) => answer(() => shelf.actions.get(id) ?? null),
    byTokenHash: (hash) => answer(() => matching((had) => had.tokenHash === hash)[0] ?? null),
    inStates: (states) => answer(() => matching(({ state }) => states.includes(state))),
    since: (from, states) =>
      answer(() => matching((had) => had.createdAt >= from && states.includes(had.state))),
    audit: (limit) => answer(() => shelf.lines.toReversed().slice(0, limit)),
    auditAfter: (sequence, limit) => answer(() => shelf.lines.slice(sequence, sequence + limit)),
    auditHead: () =>
      answer(() => {
        const last = shelf.lines.at(-1);
        return last ? { sequence: last.sequence, hash: last.hash } : null;
      }),
  };
}
