import type { ActionSettings } from '../actions/action-settings.ts';
import { asRatio, asUsd } from '../domain/units.ts';
import type { DeskFile } from './desk-schema.ts';

const USUAL_TTL_MS = 60_000;

/** Null: no such section, and then nobody may act. A limit that is left out is not configured, never endless. */
export function actionSettings(section: DeskFile['actions']): ActionSettings | null {
  if (section === undefined) return null;
  const { maxAmount, dailyAmount, twoPersonAbove, maxMarkDrift, reducing } = section;
  const most = reducing?.maxAmount;
  const two = reducing?.twoPersonAbove;
  return {
    previewTtlMs: section.previewTtl ?? USUAL_TTL_MS,
    limits: {
      maxAmount: maxAmount ? asUsd(maxAmount) : null,
      dailyAmount: dailyAmount ? asUsd(dailyAmount) : null,
      twoPersonAbove: twoPersonAbove ? asUsd(twoPersonAbove) : null,
      maxMarkDrift: maxMarkDrift ? asRatio(maxMarkDrift) : null,
      reducing: most && two ? { maxAmount: asUsd(most), twoPersonAbove: asUsd(two) } : null,
    },
  };
}
