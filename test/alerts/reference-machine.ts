/**
 * The alert machine a second time, from its description and not from its code: it remembers every fresh
 * look and reads the answer off that history each time, in plain numbers. Slow, and hopefully obvious.
 */
export interface ReferenceRule {
  readonly name: string;
  readonly isDangerousUp: boolean;
  readonly countsAtThreshold: boolean;
  /** In the order of NAMES; null is off. */
  readonly levels: readonly (ReferenceLevel | null)[];
  readonly keepMs: number;
  readonly keepSamples: number;
}

interface ReferenceLevel {
  readonly enter: number;
  readonly exit: number;
  readonly forMs: number;
  readonly min: number;
}

export interface ReferenceInput {
  readonly now: number;
  readonly rule: ReferenceRule | null;
  readonly look: { readonly value: number } | 'gone' | 'stale' | 'error';
  readonly resumed: { readonly offlineSince: number; readonly at: number } | null;
}

interface Look {
  readonly at: number;
  readonly value: number;
  /** What lay between this look and the one before it. */
  readonly gap: 'none' | 'dark' | 'offline';
  readonly offlineSince: number;
}

const NAMES = ['INFO', 'WARN', 'CRIT', 'EMERG'];
const HOUR = 3_600_000;

export function referenceMachine() {
  let looks: Look[] = [];
  let level = -1;
  let highest = -1;
  let data = 'fresh';
  let episode = 0;
  let ruleName: string | null = null;
  let lastFresh: number | null = null;
  let resolvedAt: number | null = null;
  let reopened: number[] = [];
  let wasPending = false;
  let wasBetter = false;
  let isSettling = false;

  const end = (reason: string): string[] => {
    const told = level < 0 ? [] : [`${reason} ${NAMES[highest]}`];
    [level, looks, resolvedAt, wasPending] = [-1, [], null, false];
    return told;
  };

  return (input: ReferenceInput) => {
    const { now, rule, look, resumed } = input;
    const isReturn = resumed !== null && (lastFresh === null || lastFresh < resumed.at);
    const told = ((): string[] => {
      if (rule === null) {
        [data, lastFresh] = ['fresh', now];
        return end('RULE_REMOVED');
      }
      if (look === 'stale' || look === 'error') {
        data = look;
        return [];
      }
      const gap = isReturn ? 'offline' : data === 'fresh' ? 'none' : 'dark';
      [data, lastFresh] = ['fresh', now];
      if (look === 'gone') return end('CLOSED');
      const isEdited = ruleName !== null && ruleName !== rule.name;
      if (isEdited) looks = [];
      ruleName = rule.name;
      looks.push({ at: now, value: look.value, gap, offlineSince: resumed?.offlineSince ?? now });
      isSettling = resumed !== null;
      return judge(rule, now, isEdited);
    })();
    const phase =
      level >= 0 ? (wasBetter ? 'recovering' : 'firing') : wasPending ? 'pending' : 'ok';
    return { phase, level: NAMES[level] ?? null, data, episode, told };
  };

  function judge(rule: ReferenceRule, now: number, isEdited: boolean): string[] {
    const last = looks.at(-1) as Look;
    const risen = rule.levels.findLastIndex((_, index) => isConfirmed(rule, index));
    wasPending = level < 0 && risen < 0 && rule.levels.some((_, i) => crosses(rule, i, last.value));
    if (risen > level) {
      const reason = level >= 0 ? 'LEVEL_UP' : last.gap === 'offline' ? 'CATCH_UP' : 'FIRST';
      if (level < 0) begin(now);
      [level, highest, wasBetter] = [risen, Math.max(highest, risen), false];
      return [`${reason} ${NAMES[risen]}`];
    }
    const hold = held(rule, last.value);
    wasBetter = level >= 0 && hold < level;
    if (!wasBetter) return [];
    if (isEdited && hold < 0) return end('RULE_REMOVED');
    const isFlapping = reopened.filter((at) => now - at < HOUR).length >= 6;
    const factor = isFlapping && NAMES[level] !== 'EMERG' ? 4 : 1;
    const run = betterRun(rule);
    const first = run[0] as Look;
    if (run.length < rule.keepSamples || now - first.at < rule.keepMs * factor) return [];
    if (hold < 0 && isSettling) return [];
    const told = [`${hold < 0 ? 'RESOLVED' : 'LEVEL_DOWN'} ${NAMES[hold < 0 ? highest : hold]}`];
    [level, wasBetter] = [hold, false];
    if (hold < 0) resolvedAt = now;
    return told;
  }

  function begin(now: number): void {
    reopened = reopened.filter((at) => now - at < HOUR);
    if (resolvedAt !== null && now - resolvedAt <= 600_000)
      reopened = [...reopened, now].slice(-12);
    [episode, highest, resolvedAt] = [episode + 1, -1, null];
  }

  /** The looks up to now that were all better than the level, with nothing in between. */
  function betterRun(rule: ReferenceRule): Look[] {
    const from = looks.findLastIndex((look, index) => {
      const before = looks[index - 1];
      return look.gap !== 'none' || before === undefined || held(rule, before.value) >= level;
    });
    return looks.slice(from);
  }

  function isConfirmed(rule: ReferenceRule, index: number): boolean {
    const of = rule.levels[index];
    const from = looks.findLastIndex(({ value }) => !crosses(rule, index, value)) + 1;
    const run = looks.slice(from);
    const first = run[0];
    if (!of || first === undefined || run.length < of.min) return false;
    const lasted = run.reduce(
      (sum, { at, gap }, place) => {
        const before = run[place - 1];
        return before === undefined || gap === 'dark' ? sum : sum + at - before.at;
      },
      first.gap === 'offline' ? first.at - first.offlineSince : 0,
    );
    return lasted >= of.forMs;
  }
}

function crosses(
  { levels, isDangerousUp, countsAtThreshold }: ReferenceRule,
  index: number,
  value: number,
) {
  const enter = levels[index]?.enter ?? Number.NaN;
  if (value === enter) return countsAtThreshold;
  return isDangerousUp ? value > enter : value < enter;
}

/** The highest level whose exit has not been passed; a threshold that is crossed is never passed. */
function held(rule: ReferenceRule, value: number): number {
  return rule.levels.findLastIndex((of, index) => {
    if (of === null) return false;
    const isPast = rule.isDangerousUp ? value < of.exit : value > of.exit;
    return crosses(rule, index, value) || !isPast;
  });
}
