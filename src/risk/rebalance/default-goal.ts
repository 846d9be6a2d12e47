import { dec } from '../../domain/decimal.ts';
import { asRatio } from '../../domain/units.ts';
import type { RebalanceGoal } from './plan-rebalance.ts';

/**
 * Every account at a health factor of 2: it may lose half of its equity before it is liquidated, and is
 * above the 1.5 at which alerts begin with room to spare. Senders keep the same (risk model 6.1). How
 * near liquidation is in price is another question, and /liq's.
 */
export const DEFAULT_GOAL: RebalanceGoal = { target: asRatio(dec('2')), donorFloor: null };
