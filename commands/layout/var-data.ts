import type { Decimal } from '../../src/domain/decimal.ts';
import { DAY_MS } from '../../src/risk/statistics/candle-series.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';
import { whatIfUsd } from '../../src/risk/stress/what-if-usd.ts';
import type { LevelScore, VarScore } from '../../src/risk/var/score-forecasts.ts';
import type { KnownVar, VarAnswer } from '../../src/risk/var/var-answer.ts';
import type { VarView } from './var-view.ts';

/** Value at risk as `ask --json` shows it; the parts add up to the totals to the cent. */
export function varData(
  { answer, parametric }: VarView,
  score: VarScore | null,
): Readonly<Record<string, unknown>> {
  const { asOfDay, omitted } = answer;
  const known = answer.kind === 'known' ? answer : null;
  return {
    ...totalsOf(answer),
    horizon: '1d',
    method: known?.method ?? null,
    fallback: known?.fallback ?? null,
    missing: answer.kind === 'unknown' ? answer.reason : null,
    byAsset: known === null ? [] : partsOf(known),
    asOfDay: dayText(asOfDay),
    forDay: dayText(asOfDay + 1),
    scenarioDays: known?.scenarioDays ?? null,
    garchAssets: known?.garchAssets ?? [],
    omitted: omitted.map((one) => ({ ...one, exposureUsd: whatIfUsd(one.exposureUsd) })),
    completed: known?.completed ?? [],
    parametric: totalsOf(parametric),
    score: score && {
      var99: score.var99 && levelData(score.var99),
      var95: score.var95 && levelData(score.var95),
      z2: estimateRatio(score.z2),
      unscored: score.unscored,
    },
  };
}

/** `2026-02-28` of a day counted from 1970-01-01. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function totalsOf(answer: VarAnswer) {
  const known = answer.kind === 'known' ? answer : null;
  return {
    var99Usd: whatIfUsd(known?.var99Usd ?? null),
    es975Usd: whatIfUsd(known?.es975Usd ?? null),
  };
}

function partsOf(answer: KnownVar) {
  const { components, var99Usd, es975Usd } = answer;
  const values = inCents(
    var99Usd,
    components.map((each) => each.var99Usd),
  );
  const shortfalls = inCents(
    es975Usd,
    components.map((each) => each.es975Usd),
  );
  return components.map(({ asset, exposureUsd, dailyVolatility }, place) => ({
    asset,
    componentUsd: values[place] ?? null,
    es975ComponentUsd: shortfalls[place] ?? null,
    exposureUsd: whatIfUsd(exposureUsd),
    dailyVolatility: estimateRatio(dailyVolatility),
  }));
}

/** What rounding to cents leaves over goes to the first, the largest: then they add up as printed. */
function inCents(total: number, parts: readonly number[]): (Decimal | null)[] {
  const cents = parts.map((part): Decimal | null => whatIfUsd(part));
  const sum = cents.reduce((done, part) => (done && part ? done.plus(part) : null), whatIfUsd(0));
  const rest = whatIfUsd(total);
  const [first] = cents;
  return first && sum && rest ? [first.plus(rest).minus(sum), ...cents.slice(1)] : cents;
}

function levelData({ scoredDays, breaks, expectedBreaks, coverage }: LevelScore) {
  return {
    scoredDays,
    breaks,
    expectedBreaks: estimateRatio(expectedBreaks),
    kupiecP: estimateRatio(coverage.unconditional.pValue),
    independenceP: estimateRatio(coverage.independence.pValue),
    conditionalP: estimateRatio(coverage.conditional.pValue),
  };
}
