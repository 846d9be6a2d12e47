import type { CommandContext } from '../../src/app/command.ts';
import { Decimal } from '../../src/domain/decimal.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';
import type { LevelScore, VarScore } from '../../src/risk/var/score-forecasts.ts';

/** Below this a test says that forecasts do not hold what they promise. */
const SIGNIFICANT = 0.05;
/** Z2 below this: the same of the ES 97.5 %. */
const SHORTFALL_LINE = -0.7;

/** How the stored forecasts did, in words: one paragraph. */
export function scoreLines(score: VarScore | null, context: CommandContext): string[] {
  const { say } = context;
  const levels = [
    { level: 'VaR 99%', score: score?.var99 ?? null },
    { level: 'VaR 95%', score: score?.var95 ?? null },
  ];
  const lines = levels.flatMap((each) =>
    each.score === null ? [] : levelLines(each.level, each.score, context),
  );
  if (score === null || lines.length === 0) return [say('var.noScore')];
  return [[...lines, ...shortfallLines(score, context), say('var.scoreOfDesk')].join('\n')];
}

/** Kupiec's test is the count, Christoffersen's the order of the breaks. */
function levelLines(level: string, score: LevelScore, context: CommandContext): string[] {
  const { say } = context;
  const { unconditional, independence } = score.coverage;
  const line = say('var.score', {
    level,
    breaks: say('var.breaks', { count: score.breaks }),
    days: say('var.days', { count: score.scoredDays }),
    expected: numberText(score.expectedBreaks),
    verdict: say(`var.verdict.${verdictOf(score)}`),
    p: percentText(unconditional.pValue, context),
  });
  if (!(independence.pValue < SIGNIFICANT)) return [line];
  return [line, say('var.clustered', { level, p: percentText(independence.pValue, context) })];
}

function verdictOf({ breaks, expectedBreaks, coverage }: LevelScore) {
  if (coverage.unconditional.pValue < SIGNIFICANT) return breaks > expectedBreaks ? 'many' : 'few';
  return expectedBreaks < 1 ? 'early' : 'fits';
}

function shortfallLines({ z2 }: VarScore, { say }: CommandContext): string[] {
  if (z2 === null || !Number.isFinite(z2)) return [];
  const key = z2 < SHORTFALL_LINE ? 'var.shortfallShort' : 'var.shortfallFits';
  return [say(key, { z2: new Decimal(z2).toFixed(2) })];
}

function percentText(p: number, { format }: CommandContext): string {
  return format.percent(estimateRatio(p), 'nearest');
}

function numberText(expected: number): string {
  return new Decimal(expected).toDecimalPlaces(1).toString();
}
