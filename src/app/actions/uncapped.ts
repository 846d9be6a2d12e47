import type { ActionSettings } from '../../actions/action-settings.ts';
import { dec, ONE } from '../../domain/decimal.ts';
import { asRatio, asUsd } from '../../domain/units.ts';

/** More than any account holds. */
const ENDLESS = asUsd(dec('1000000000000000000'));

/**
 * The limits of a flatten's closes: the consent of two people covers all of it, whatever the size, and a
 * mark that runs away is why it is done. The rest of the ladder holds as ever.
 */
export const UNCAPPED: ActionSettings = {
  previewTtlMs: 60_000,
  limits: {
    ...{ maxAmount: ENDLESS, dailyAmount: ENDLESS, twoPersonAbove: ENDLESS, reducing: null },
    maxMarkDrift: asRatio(ONE),
  },
};
