import { err, ok, type Result } from '../domain/result.ts';
import type { Level, RuleId } from './alert.ts';

/** While a source goes on, or is about to, its targets are not told of: one cause, one message. */
export interface InhibitionRule {
  readonly id: string;
  readonly source: { readonly rules: readonly RuleId[]; readonly atLeast: Level };
  readonly target: { readonly rules: readonly RuleId[]; readonly atMost: Level };
  /** What both must have in common. A book has the venues of all its legs. */
  readonly equal: 'venue' | 'account' | 'nothing';
  /** How long it lasts after the source has cleared, so that its end is no burst. */
  readonly lingerMs: number;
}

const LINGER_MS = 60_000;

export const INHIBITIONS: readonly InhibitionRule[] = [
  {
    id: 'venue-down',
    source: { rules: ['venueDown'], atLeast: 'CRIT' },
    target: { rules: ['dataAge', 'missingStop', 'hedgeRatio'], atMost: 'EMERG' },
    equal: 'venue',
    lingerMs: LINGER_MS,
  },
  {
    // A clock that is off makes every age wrong.
    id: 'clock-off',
    source: { rules: ['clockOff'], atLeast: 'CRIT' },
    target: { rules: ['dataAge'], atMost: 'EMERG' },
    equal: 'nothing',
    lingerMs: LINGER_MS,
  },
  {
    id: 'near-liquidation',
    source: { rules: ['liquidationDistance', 'healthFactor'], atLeast: 'CRIT' },
    target: { rules: ['marginUsage'], atMost: 'WARN' },
    equal: 'account',
    lingerMs: LINGER_MS,
  },
];

/** Told at CRIT and above whatever any rule says: these are what the desk dies of. */
const VITAL: ReadonlySet<RuleId> = new Set<RuleId>([
  'marginUsage',
  'pooledMargin',
  'healthFactor',
  'liquidationDistance',
  'liquidationProbability',
  'liquidated',
  'venueStatus',
]);

export function isVital(rule: RuleId, level: Level): boolean {
  return VITAL.has(rule) && (level === 'CRIT' || level === 'EMERG');
}

/** The rules, unless one of them in the end inhibits its own source: then the ids along the way. */
export function checkedInhibitions(
  rules: readonly InhibitionRule[],
): Result<readonly InhibitionRule[], readonly string[]> {
  const walk = (rule: InhibitionRule, path: readonly string[]): readonly string[] | null => {
    if (path.includes(rule.id)) return [...path.slice(path.indexOf(rule.id)), rule.id];
    const next = rules.filter(({ source }) =>
      source.rules.some((each) => rule.target.rules.includes(each)),
    );
    return firstOf(next.map((each) => walk(each, [...path, rule.id])));
  };
  const cycle = firstOf(rules.map((rule) => walk(rule, [])));
  return cycle === null ? ok(rules) : err(cycle);
}

function firstOf<T>(found: readonly (T | null)[]): T | null {
  return found.find((each) => each !== null) ?? null;
}
