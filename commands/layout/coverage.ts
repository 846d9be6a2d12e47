import type { CommandContext } from '../../src/app/command.ts';
import type { AccountSnapshot, Snapshot } from '../../src/portfolio/snapshot.ts';
import { gapsOf } from '../../src/portfolio/snapshot.ts';
import { gapText } from '../../src/replies/gap-text.ts';
import { worstOf } from '../../src/replies/mark.ts';
import type { Note, Severity } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';

/** One warning per hole in the picture. */
export function gapNotes(snapshot: Snapshot, context: CommandContext): Note[] {
  const voice = { say: context.say, format: context.format, now: snapshot.takenAt };
  return gapsOf(snapshot).map((gap) => note(gapText(gap, voice), 'warn'));
}

/** `Exposure`, or `Exposure: BTC, bybit-a` when only part of the desk is meant. */
export function scopedTitle(
  title: string,
  scope: { asset?: string | null; account: string | null },
) {
  const parts = [scope.asset ?? null, scope.account].filter((part) => part !== null);
  return parts.length === 0 ? title : `${title}: ${parts.join(', ')}`;
}

export interface Coverage {
  /** Accounts that are in no total. */
  readonly missing: number;
  /** Accounts that are in the totals with old figures. */
  readonly stale: number;
  readonly total: number;
}

/** Appends to a total, in its own line, how many accounts are missing from it or old in it. */
export function partly(text: string, of: Coverage, context: CommandContext): string {
  const partial = partialText(of, context);
  return partial === null ? text : `${text} (${partial})`;
}

/** How many accounts are missing or old; null when all were read. */
export function partialText(of: Coverage, { say }: CommandContext): string | null {
  if (of.missing === 0 && of.stale === 0) return null;
  const key = of.missing === 0 ? 'Stale' : of.stale === 0 ? '' : 'Both';
  return say(`common.partial${key}`, { ...of });
}

/** The same in one word, for the totals after the first. */
export function partlyToo(text: string, of: Coverage, { say }: CommandContext): string {
  return of.missing === 0 && of.stale === 0 ? text : `${text} (${say('common.partialToo')})`;
}

/** Accounts whose positions were never read, or not lately. */
export function coverageOf(snapshot: Snapshot): Coverage {
  const having = (wanted: AccountSnapshot['status']) =>
    snapshot.accounts.filter(({ status }) => status === wanted).length;
  return { missing: having('missing'), stale: having('stale'), total: snapshot.accounts.length };
}

/** What stands in place of rows: an account that was not read may hold what the others do not. */
export function emptyText(none: string, missing: number, { say }: CommandContext): string {
  return missing === 0 ? none : say('common.noneRead');
}

/** An answer with holes is never calm. */
export function severityOf(snapshot: Snapshot, bands: readonly (Severity | null)[]) {
  return worstOf([...bands, gapsOf(snapshot).length > 0 ? 'warn' : null]);
}
