import { type Decimal, dec } from '../domain/decimal.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { LEVELS, type Level, RULE_IDS, type RuleId } from './alert.ts';
import { hash128 } from './hash-128.ts';
import { RULE_DEFAULTS, type RuleDefault } from './rule-defaults.ts';
import type { AlertPatches, LevelPatch, RulePatch } from './rule-patch.ts';
import type { AlertSettings, LevelSettings, RuleSettings } from './rule-settings.ts';
import { isWorse } from './weigh-sample.ts';

/** Where in the `alerts` section, and what was expected. */
export interface SettingsProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Every rule with its exceptions, or all that does not fit together. */
export function resolveSettings(patches: AlertPatches): Result<AlertSettings, SettingsProblem[]> {
  const problems: SettingsProblem[] = [];
  const settle = (base: RuleDefault, patch: RulePatch, path: readonly string[]) => {
    if (patch.off) return null;
    const settings = patched(base, patch);
    problems.push(...faultsOf(settings, patch, { base, path }));
    return settings;
  };
  const choiceOf = (rule: RuleId) => {
    const { accounts, assets, books, ...all } = patches[rule] ?? {};
    const base = settle(RULE_DEFAULTS[rule], all, [rule]);
    // Exceptions of a rule that is off for everybody are on top of the defaults.
    const ground = { ...RULE_DEFAULTS[rule], ...base };
    const each = (kind: string, found: Readonly<Record<string, RulePatch>> = {}) =>
      new Map(
        Object.entries(found).map(([id, patch]) => {
          const own = settle(ground, patch, [rule, kind, id]);
          return [id, own && versioned(own)] as const;
        }),
      );
    return {
      base: base && versioned(base),
      accounts: each('accounts', accounts),
      assets: each('assets', assets),
      books: each('books', books),
    };
  };
  const settings = new Map(RULE_IDS.map((rule) => [rule, choiceOf(rule)] as const));
  return problems.length > 0 ? err(problems) : ok(settings);
}

function patched(base: RuleDefault, patch: RulePatch): RuleDefault {
  const levels: { -readonly [level in Level]?: LevelSettings } = {};
  for (const level of LEVELS) {
    const change = patch[level] ?? {};
    const before = base.levels[level];
    if (!change.off && before !== undefined) levels[level] = changed(before, change, base);
  }
  const options = { ...base.options, ...patch.options };
  return { ...base, levels, keepMs: patch.keep ?? base.keepMs, options };
}

function changed(before: LevelSettings, change: LevelPatch, base: RuleDefault): LevelSettings {
  const enter = change.enter ?? before.enter;
  const exit = change.enter === undefined ? before.exit : exitFor(enter, before, base);
  return {
    enter,
    exit: change.exit ?? exit,
    forMs: change.for ?? before.forMs,
    minSamples: change.samples ?? before.minSamples,
  };
}

const HALF = dec('0.5');

/**
 * As far from the new threshold as the default lies from its own; where that would be more than half of
 * the threshold, the same share of it, so that an exit can be reached at all.
 */
function exitFor(enter: Decimal, before: LevelSettings, { most }: RuleDefault): Decimal {
  const gap = before.exit.minus(before.enter);
  const isWide = gap.abs().gt(enter.abs().times(HALF)) && !before.enter.isZero();
  const exit = enter.plus(isWide ? gap.times(enter).div(before.enter) : gap);
  return most !== null && exit.gte(most) ? enter.plus(most).times(HALF) : exit;
}

function faultsOf(
  settings: RuleDefault,
  patch: RulePatch,
  { base, path }: { readonly base: RuleDefault; readonly path: readonly string[] },
): SettingsProblem[] {
  const { crosses } = settings;
  const faults: SettingsProblem[] = [];
  const fault = (level: Level, message: string) => faults.push({ path: [...path, level], message });
  let below: Level | null = null;
  for (const level of LEVELS) {
    if (patch[level] !== undefined && base.levels[level] === undefined) {
      fault(level, 'is a level that this rule does not have');
    }
    const own = settings.levels[level];
    if (own === undefined) continue;
    if (isWorse(own.exit, own.enter, crosses)) {
      fault(level, 'expected the exit on the safe side of the threshold');
    }
    const lower: LevelSettings | undefined = below === null ? undefined : settings.levels[below];
    if (lower !== undefined && isWorse(lower.enter, own.enter, crosses)) {
      fault(level, `expected a threshold that is not reached before that of ${below}`);
    }
    below = level;
  }
  return faults;
}

function versioned({ unit: _, most: __, ...settings }: RuleDefault): RuleSettings {
  return { ...settings, version: hash128(JSON.stringify(settings)) };
}
