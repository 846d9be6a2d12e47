import type { ExposureReport } from '../exposure.ts';
import type { NetExposure } from './var-answer.ts';

/** The desk's net per asset, from exact money to the doubles that the statistics take. */
export function netExposures(report: Pick<ExposureReport, 'byAsset'>): NetExposure[] {
  return report.byAsset.map(({ asset, netUsd }) => ({
    asset,
    usd: netUsd === null ? null : netUsd.toNumber(),
  }));
}
