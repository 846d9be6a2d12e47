import type { AuditLine } from '../actions/audit-chain.ts';
import type { Translate } from '../replies/translate.ts';
import type { AuditVerdict } from './check-audit.ts';

/** Who was at it may have been at it everywhere; the first ones say enough. */
const SHOWN = 50;

export const isIntact = ({ faults, unreadableAfter, lines, head }: AuditVerdict): boolean =>
  faults.length === 0 && unreadableAfter === null && (lines === 0 || head !== null);

/** In words: whole, or what is wrong and where, a line each. */
export function auditText(
  verdict: AuditVerdict,
  { place, say }: { readonly place: string; readonly say: Translate },
): readonly string[] {
  const { lines, last, head, faults, unreadableAfter } = verdict;
  if (isIntact(verdict)) {
    if (last === null) return [say('verify.empty', { place })];
    return [say('verify.intact', { place, count: lines, hash: last.hash })];
  }
  const found = faults.map(({ kind, line }) => {
    if (line !== null) return say(`verify.${kind}`, lineText(line));
    if (kind !== 'missing') return say('verify.otherEnd');
    return say('verify.cutEnd', { sequence: head?.sequence ?? 0, last: last?.sequence ?? 0 });
  });
  if (unreadableAfter !== null) found.push(say('verify.unreadable', { count: unreadableAfter }));
  if (head === null) found.push(say('verify.headGone'));
  const rest = found.length - SHOWN;
  return [
    say('verify.broken', { place, count: lines, faults: found.length }),
    ...found.slice(0, SHOWN),
    ...(rest > 0 ? [say('verify.more', { count: rest })] : []),
  ];
}

/** What stands in a line may be a stranger's by now: only letters, digits and a few signs are shown. */
function lineText({ sequence, entry }: AuditLine) {
  const what = String(entry['what'] ?? '?').slice(0, 40);
  const at = Number(entry['at']);
  return {
    sequence,
    what: what.replace(/[^\p{L}\p{N} .:_-]/gu, '?'),
    at: Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : '?',
  };
}
