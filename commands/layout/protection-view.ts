import type { CommandContext } from '../../src/app/command.ts';
import type { Note, Table } from '../../src/replies/reply.ts';
import { latchData, latchNotes } from './latch-answer.ts';

/** The latch and the plans, for /status. Nothing where nothing protects the desk. */
export async function protectionView(context: CommandContext): Promise<{
  readonly data: Readonly<Record<string, unknown>>;
  readonly tables: readonly Table[];
  readonly notes: readonly Note[];
}> {
  const { protection } = context;
  if (!protection) return { data: {}, tables: [], notes: [] };
  const latch = await protection.latch();
  return {
    data: { protection: { latch: latchData(latch) } },
    tables: [],
    notes: latchNotes(latch, context),
  };
}
