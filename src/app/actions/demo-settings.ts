import type { ActionSettings } from '../../actions/action-settings.ts';
import { dec } from '../../domain/decimal.ts';
import { asRatio, asUsd } from '../../domain/units.ts';

/** The demo desk has no file to say so: the limits of the sample in the README. */
export const DEMO_ACTIONS: ActionSettings = {
  previewTtlMs: 60_000,
  limits: {
    maxAmount: asUsd(dec(5000)),
    dailyAmount: asUsd(dec(20_000)),
    twoPersonAbove: asUsd(dec(1000)),
    maxMarkDrift: asRatio(dec('0.005')),
    reducing: { maxAmount: asUsd(dec(50_000)), twoPersonAbove: asUsd(dec(20_000)) },
  },
};
