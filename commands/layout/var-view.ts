import type { CommandContext } from '../../src/app/command.ts';
import type { MarketGap } from '../../src/app/market-gap.ts';
import type { Usd } from '../../src/domain/units.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { assessExposure } from '../../src/risk/exposure.ts';
import { utcDay } from '../../src/risk/statistics/candle-series.ts';
import { assessParametricVar, assessVar } from '../../src/risk/var/assess-var.ts';
import { netExposures } from '../../src/risk/var/net-exposure.ts';
import type { VarAnswer } from '../../src/risk/var/var-answer.ts';
import type { VarModel } from '../../src/risk/var/var-model.ts';

/** Value at risk of the desk as it stands, by the method of choice and by the instant one. */
export interface VarView {
  readonly answer: VarAnswer;
  readonly parametric: VarAnswer;
  readonly equityUsd: Usd | null;
  readonly marketGaps: readonly MarketGap[];
}

export function varView(snapshot: Snapshot, context: CommandContext): VarView {
  const market = context.market(snapshot);
  const report = assessExposure(snapshot);
  const exposures = netExposures(report);
  const model = market.varModel ?? emptyModel(snapshot.takenAt);
  return {
    answer: assessVar(model, exposures),
    parametric: assessParametricVar(model, exposures),
    equityUsd: report.totals.equityUsd,
    marketGaps: market.gaps.filter(({ what }) => what === 'candles'),
  };
}

/** Without any candles every asset is omitted by name, as with some. */
function emptyModel(now: number): VarModel {
  const asOfDay = utcDay(now) - 1;
  return { asOfDay, days: new Int32Array(), assets: new Map(), refused: new Map() };
}
