import type { HashText } from '../../actions/hash-text.ts';
import { blindSheet, PLAN_EXAMPLE, SYSTEM_PROMPT } from '../../commentary/blind-sheet.ts';
import { type CheckedItem, checkPlan } from '../../commentary/check-plan.ts';
import { commentaryOf } from '../../commentary/commentary.ts';
import { rememberedOf, sheetInSteps } from '../../commentary/make-sheet.ts';
import { PLAN_SCHEMA, type Plan } from '../../commentary/plan.ts';
import type { Report, Sheet } from '../../commentary/sheet.ts';
import { toldFacts } from '../../commentary/told-facts.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { AccountId } from '../../domain/units.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CommentaryRecord } from '../../ports/commentary-record.ts';
import type { LanguageModel, ModelPriority, ModelRequest } from '../../ports/language-model.ts';
import type { PlanCache } from '../../ports/plan-cache.ts';
import type { Formatter } from '../../replies/format.ts';
import type { Locale, Translate } from '../../replies/translate.ts';
import { type Attempt, attemptLine } from './attempt-line.ts';
import { hasMoved } from './has-moved.ts';
import { createRanking } from './rank.ts';
import { type PlanFault, type Reading, readingOf } from './reading.ts';
import { createReportMemory } from './report-memory.ts';

/** For whom a report is read. */
export interface Reader {
  readonly locale: Locale;
  readonly say: Translate;
  readonly format: Formatter;
  /** The command, for the record. */
  readonly trigger: string;
  readonly priority: ModelPriority;
  /** Of these accounts alone, and shortly; absent: of the desk. */
  readonly about?: ReadonlySet<AccountId>;
}

/** What to show at once, and what to show instead when the model has answered. */
export interface Read {
  /** By the rules, or by a plan that is still in memory. */
  readonly now: Reading;
  /**
   * Within the model's deadline: the reading to show from then on, or `moved` when the desk is not what the
   * report says any more. Null: there is nothing to wait for. Never rejects.
   */
  later(): Promise<Reading | 'moved' | null>;
}

export interface Commentator {
  read(report: Report, reader: Reader): Promise<Read>;
  /** What a model would be sent for this report; null: nothing, as nothing is beyond a line. */
  requestFor(report: Report): Promise<ModelRequest | null>;
}

export interface CommentatorDeps {
  readonly model: LanguageModel;
  readonly cache: PlanCache;
  readonly record: CommentaryRecord;
  readonly clock: Clock;
  readonly hash: HashText;
  /** What was read last, without asking anybody. */
  lastKnown(): Snapshot;
  readonly signal: AbortSignal;
}

const MOST_TOKENS = 200;
/** So long the desk's other work may wait. */
const REST_AFTER_MS = 5;

/** Reads reports: the rules at once, a model's ranking when it comes and holds. */
export function createCommentator(deps: CommentatorDeps): Commentator {
  const { model, clock, record, lastKnown } = deps;
  const memory = createReportMemory();
  const ranking = createRanking(deps);

  const sheetOf = async (report: Report): Promise<Sheet> => {
    const making = sheetInSteps(report, memory.before(report));
    let restedAt = clock.now();
    for (;;) {
      const step = making.next();
      if (step.done) return step.value;
      if (clock.now() - restedAt < REST_AFTER_MS) continue;
      await clock.after(0);
      restedAt = clock.now();
    }
  };

  const say = (on: On, plan: Result<Plan, PlanFault> | null, reader: Reader): Said => {
    const checked = plan?.ok ? checkPlan(plan.value, on.sheet) : null;
    const items = checked?.ok ? checked.value : null;
    const isTrue = items?.some(({ fault }) => fault === null) === true;
    const fault = plan === null || isTrue ? null : plan.ok ? 'not-true' : plan.error;
    const made = commentaryOf(on, isTrue ? items : null, reader);
    const reading = readingOf(made, { model: model.name, fault }, reader.say);
    return { reading, verdicts: verdictsOf(checked), fault };
  };

  const laterOf = async (on: On, request: ModelRequest, reader: Reader) => {
    const ranked = await ranking.rank(request);
    const moved = hasMoved(on.report.snapshot, lastKnown(), clock.now());
    const said = say(on, ranked.plan, reader);
    const attempt: Attempt = { ...said, ...{ ranked, moved, reader, report: on.report } };
    record.attempted(attemptLine(attempt, { request, model, now: clock.now(), hash: deps.hash }));
    return moved ? 'moved' : said.reading;
  };

  return {
    async read(report, reader) {
      const { about } = reader;
      const whole = await sheetOf(report);
      if (!about) memory.keep(report, rememberedOf(whole));
      const sheet: Sheet = about ? { ...whole, about } : whole;
      const on = { report, sheet };
      const request = model.name === null ? null : requestOf(sheet, reader.priority);
      const known = request && ranking.recall(request);
      const now = say(on, known && ok(known), reader).reading;
      const isSettled = request === null || known !== null;
      return { now, later: async () => (isSettled ? null : laterOf(on, request, reader)) };
    },
    requestFor: async (report) => requestOf(await sheetOf(report), 'reply'),
  };
}

interface On {
  readonly report: Report;
  readonly sheet: Sheet;
}

interface Said {
  readonly reading: Reading;
  readonly verdicts: readonly string[];
  readonly fault: PlanFault | null;
}

/** Where nothing is beyond a line there is nothing to rank, and nobody is asked. */
function requestOf(sheet: Sheet, priority: ModelPriority): ModelRequest | null {
  if (toldFacts(sheet).length === 0) return null;
  return {
    system: SYSTEM_PROMPT,
    user: blindSheet(sheet),
    schema: { name: 'plan', schema: PLAN_SCHEMA },
    example: PLAN_EXAMPLE,
    maxTokens: MOST_TOKENS,
    priority,
  };
}

function verdictsOf(checked: Result<readonly CheckedItem[], string> | null): readonly string[] {
  if (checked === null) return [];
  return checked.ok ? checked.value.map(({ fault }) => fault ?? 'ok') : [checked.error];
}
