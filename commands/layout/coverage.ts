import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
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
  readonly missing: number;
  readonly total: number;
}

/** Appends to a total, in its own line, that accounts are missing from it, and how many. */
export function partly(text: string, of: Coverage, { say }: CommandContext): string {
  return of.missing === 0 ? text : `${text} (${say('common.partial', { ...of })})`;
}

/** The same in one word, for the totals after the first. */
export function partlyToo(text: string, of: Coverage, { say }: CommandContext): string {
  return of.missing === 0 ? text : `${text} (${say('common.partialToo')})`;
}

/** Accounts whose positions were never read. */
export function coverageOf(snapshot: Snapshot): Coverage {
  const missing = snapshot.accounts.filter(({ status }) => status === 'missing').length;
  return { missing, total: snapshot.accounts.length };
}

/** An answer with holes is never calm. */
export function severityOf(snapshot: Snapshot, bands: readonly (Severity | null)[]) {
  return worstOf([...bands, gapsOf(snapshot).length > 0 ? 'warn' : null]);
}
