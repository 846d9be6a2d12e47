import type { Decimal } from '../domain/decimal.ts';
import type { Claim, Extra } from './claims.ts';
import { isTrue } from './claims.ts';
import type { Fact } from './fact.ts';
import { compareBands } from './fact.ts';
import { excess } from './lines.ts';
import type { Plan, PlanItem } from './plan.ts';
import { MOST_ITEMS } from './plan.ts';
import type { Sheet } from './sheet.ts';
import { spokenFacts } from './told-facts.ts';

/** What a desk without a model reads: the most urgent first, with the act that helps it. */
export function rulePlan(sheet: Sheet): Plan {
  const breaching = spokenFacts(sheet).toSorted((a, b) => urgency(a, b, sheet));
  const chosen: Fact[] = [];
  const take = (facts: readonly Fact[], isSame: (a: Fact, b: Fact) => boolean) => {
    for (const fact of facts) {
      const isTold = chosen.some((other) => isSame(other, fact));
      if (chosen.length < MOST_ITEMS && !isTold) chosen.push(fact);
    }
  };
  for (const [, equals] of Map.groupBy(breaching, ({ band }) => band)) {
    // Another account's trouble first, before one account is spoken of again.
    take(equals, isSameAccount);
    take(equals, isSameEntity);
  }
  return {
    items: withoutEchoes(
      chosen.map((fact) => ruleItem(fact, sheet)),
      sheet,
    ),
  };
}

/** Whose margin lies idle is said once. */
function withoutEchoes(items: readonly PlanItem[], { idle }: Sheet): PlanItem[] {
  const donorOf = ({ claims, fact }: PlanItem) =>
    claims.includes('idle') ? idle.get(fact)?.account : undefined;
  return items.map((item, place) => {
    const donor = donorOf(item);
    const isEcho = items.slice(0, place).some((other) => donor && donorOf(other) === donor);
    return isEcho ? { ...item, claims: item.claims.filter((claim) => claim !== 'idle') } : item;
  });
}

function urgency(a: Fact, b: Fact, sheet: Sheet): number {
  const byBand = compareBands(b.band, a.band);
  if (byBand !== 0) return byBand;
  // Nobody is liquidated by concentration: what can be comes first.
  const byKind = Number(a.metric === 'conc') - Number(b.metric === 'conc');
  if (byKind !== 0) return byKind;
  const byHelp = Number(hasRemedy(b, sheet)) - Number(hasRemedy(a, sheet));
  if (byHelp !== 0) return byHelp;
  return pastLine(b).comparedTo(pastLine(a));
}

const hasRemedy = ({ id }: Fact, sheet: Sheet) => sheet.remedies.some(({ fact }) => fact === id);
const pastLine = ({ metric, value, line }: Fact): Decimal => excess(metric, value, line);

/**
 * Chance and distance of one position are one trouble, so are the figures of one account, and the chance of
 * an account is that of its cross positions.
 */
function isSameEntity(a: Fact, b: Fact): boolean {
  const isChance = a.metric === 'prob' && b.metric === 'prob';
  const isOfAccount = a.entity.kind === 'account' || b.entity.kind === 'account';
  if (isChance && isOfAccount) return isSameAccount(a, b);
  return a.entity.alias === b.entity.alias;
}

function isSameAccount({ entity: a }: Fact, { entity: b }: Fact): boolean {
  if (a.kind === 'desk' || b.kind === 'desk') return a.kind === b.kind;
  return a.account === b.account;
}

/** In the order in which they are worth a reader's time; as many as fit one sentence. */
const WORTH: readonly Extra[] = [
  'stale',
  'partial',
  'hides',
  'only',
  'worst',
  'worsened',
  'improved',
  'several',
  'all',
];
const MOST_EXTRAS = 2;

/** Also what is said of a fact whose item in a plan was not true. */
export function ruleItem(fact: Fact, sheet: Sheet): PlanItem {
  const remedy = sheet.remedies.find((each) => each.fact === fact.id) ?? null;
  const holds = (claim: Claim) => isTrue(claim, fact, sheet);
  const head = holds('far_beyond') ? 'far_beyond' : holds('just_beyond') ? 'just_beyond' : 'beyond';
  // Who is the only one beyond a line is the worst, too.
  const extras = WORTH.filter((claim) => holds(claim) && !(claim === 'worst' && holds('only')));
  const helpless: Claim[] = remedy === null && holds('no_action') ? ['no_action'] : [];
  const idle: Claim[] = remedy === null && holds('idle') ? ['idle'] : [];
  return {
    fact: fact.id,
    claims: [head, ...extras.slice(0, MOST_EXTRAS), ...(idle.length > 0 ? idle : helpless)],
    act: remedy?.id ?? null,
    aclaims: remedy === null ? [] : ['effect', remedy.result],
  };
}
