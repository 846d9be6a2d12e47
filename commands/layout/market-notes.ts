import type { CommandContext } from '../../src/app/command.ts';
import type { MarketGap } from '../../src/app/market-gap.ts';
import { errorText } from '../../src/replies/gap-text.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';

/** More names than these are only counted. */
const NAMED = 6;

/** One line per kind of hole in what is known of the market, however many assets have it. */
export function marketNotes(gaps: readonly MarketGap[], context: CommandContext): Note[] {
  const alike = (gap: MarketGap) =>
    `${gap.lastGoodAt === null} ${sentence({ ...gap, subject: '' }, '', context)}`;
  return [...Map.groupBy(gaps, alike).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [note(lineOf(first, group, context))];
  });
}

/** With the age of what is shown instead, of the oldest of them. */
function lineOf(first: MarketGap, group: readonly MarketGap[], context: CommandContext): string {
  const { say, format, now } = context;
  const text = sentence(first, subjectsOf(group, context), context);
  const ages = group.flatMap(({ lastGoodAt }) => lastGoodAt ?? []);
  if (ages.length === 0) return text;
  const age = say('gap.lastGood', { age: format.age(now - Math.min(...ages)) });
  return say('market.old', { text, age });
}

function sentence({ what, reason }: MarketGap, subjects: string, context: CommandContext): string {
  const { say } = context;
  const facts = { what: say(`market.${what}`), subjects };
  if (reason.kind !== 'source') return say(`market.${reason.kind}`, facts);
  const { source, error } = reason;
  return say('market.source', { ...facts, source, reason: errorText(error, context) });
}

function subjectsOf(group: readonly MarketGap[], { say }: CommandContext): string {
  const subjects = [...new Set(group.map(({ subject }) => subject))];
  const names = subjects.slice(0, NAMED).join(', ');
  const count = subjects.length - NAMED;
  return count > 0 ? say('market.subjects', { names, count }) : names;
}
