import type { Decimal } from '../../../domain/decimal.ts';
import type { PriceState } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { figure, payloadOf } from './fields.ts';
import { priceState } from './parse-positions.ts';

/** The venue's liquidation state of one position, as it says it. */
export interface LiquidationState {
  readonly liquidation: PriceState;
  readonly markPrice: Decimal | null;
  readonly maintenanceMargin: Decimal | null;
  readonly healthFactor: Decimal | null;
}

const FIELDS = ['liquidation_price', 'maintenance_margin', 'health_factor'];

/** Fields the page lists that are there but make no sense are told to `unreadable`. */
export function parseLiquidation(
  body: unknown,
  unreadable: (field: string) => void,
): Result<LiquidationState, string> {
  const fields = payloadOf(body);
  if (fields === null || !FIELDS.some((name) => name in fields)) return err('liquidation');
  return ok({
    liquidation: priceState(fields, 'liquidation_price', unreadable),
    markPrice: figure(fields, 'mark_price', unreadable),
    maintenanceMargin: figure(fields, 'maintenance_margin', unreadable),
    healthFactor: figure(fields, 'health_factor', unreadable),
  });
}
