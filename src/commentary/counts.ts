import type { JudgedPosition } from '../risk/probability/judge-desk.ts';
import type { Count, Entity, Fact, Metric } from './fact.ts';
import { isBreach } from './fact.ts';
import type { Report } from './sheet.ts';
import { countKey } from './sheet.ts';

/**
 * How many of each kind are beyond a line, over the whole desk. A kind of which one is not known, or known
 * only from before, has no count: the worst of it may be the one that nobody sees.
 */
export function countsOf(report: Report, facts: readonly Fact[]): Map<string, Count> {
  if (report.snapshot.accounts.some(({ status }) => status !== 'ok')) return new Map();
  const groups = Map.groupBy(facts, countKey);
  const whole = [...groups].filter(([, [first, ...rest]]) => {
    return first !== undefined && rest.length + 1 === wantedOf(report, first.entity, first.metric);
  });
  return new Map(
    whole.map(([key, group]) => [
      key,
      { breaching: group.filter(isBreach).length, total: group.length },
    ]),
  );
}

/** How many there are to know. Of the health of accounts only some is spoken of, so it is never whole. */
function wantedOf({ desk }: Report, { kind }: Entity, metric: Metric): number | null {
  if (kind === 'desk') return 1;
  if (kind === 'position') {
    return desk.positions.filter((risk) => metric === 'prob' || !isEndless(risk)).length;
  }
  if (metric === 'mu') return desk.accounts.length;
  if (metric === 'hf') return null;
  return desk.accounts.filter(({ probability }) => probability !== null).length;
}

const isEndless = ({ liquidationDistance, liquidationState }: JudgedPosition) =>
  liquidationDistance === null && liquidationState === 'none';
