import type { CommandContext } from '../../src/app/command.ts';
import type { Price } from '../../src/domain/units.ts';
import type { Cell } from '../../src/replies/reply.ts';
import type { PositionRisk } from '../../src/risk/position-risk.ts';
import { stopCoverage } from '../../src/risk/stop-coverage.ts';
import { priceOf } from './price-of.ts';

/** A price with the digits of its market. */
export function priceText(row: PositionRisk, price: Price | null, { format }: CommandContext) {
  const { tickSize } = row.position.instrument;
  return format.price(price, { tickSize, rounding: 'nearest' });
}

/**
 * The liquidation price on screen, rounded toward the mark: upward for a long, downward for a
 * short. `~` marks our own estimate where the venue gives no price.
 */
export function liquidationText(row: PositionRisk, { say, format }: CommandContext): string {
  if (row.liquidationState === 'none') return say('common.none');
  const { instrument, liquidation, side } = row.position;
  const venues = priceOf(liquidation);
  const text = format.price(venues ?? row.estimatedLiquidationPrice, {
    tickSize: instrument.tickSize,
    rounding: side === 'long' ? 'up' : 'down',
  });
  return venues === null && row.estimatedLiquidationPrice !== null ? `~${text}` : text;
}

export function distanceCell(row: PositionRisk, { format }: CommandContext): Cell {
  return { text: format.percent(row.liquidationDistance, 'down'), severity: row.band };
}

/** The stop's trigger, `none`, or a dash when nobody said. */
export function stopCell(row: PositionRisk, context: CommandContext): Cell {
  const { stopLoss } = row.position;
  if (stopLoss.kind === 'none') return { text: context.say('common.none'), severity: null };
  const severity = stopCoverage(row) === 'beyond' ? 'warn' : null;
  return { text: priceText(row, priceOf(stopLoss), context), severity };
}

/** Ages matter as soon as one reading is not fresh; until then the time in the title says it. */
export function agePriority(rows: readonly PositionRisk[]): number {
  return rows.every(({ status }) => status === 'ok') ? 8 : 2;
}
