import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Figure } from '../../src/replies/reply.ts';
import { figure } from '../../src/replies/table-of.ts';
import type { PositionRisk } from '../../src/risk/position-risk.ts';
import { coverageOf, partly } from './coverage.ts';

/** Rows are nearest first. */
export function liquidationFigures(
  rows: readonly PositionRisk[],
  snapshot: Snapshot,
  context: CommandContext,
): Figure[] {
  const [first] = rows;
  const nearest =
    first && first.liquidationDistance !== null ? [nearestFigure(first, context)] : [];
  const text = partly(stoplessText(rows, context), coverageOf(snapshot), context);
  const isStopless = rows.some(({ position }) => position.stopLoss.kind === 'none');
  const severity = isStopless ? 'watch' : null;
  return [...nearest, figure(context.say('liq.noStop'), text, severity)];
}

function stoplessText(rows: readonly PositionRisk[], { say }: CommandContext): string {
  const having = (kind: 'none' | 'unknown') =>
    rows.filter(({ position }) => position.stopLoss.kind === kind).length;
  const text = say('liq.noStopText', { count: having('none'), total: rows.length });
  const unknown = having('unknown');
  return unknown === 0 ? text : say('liq.stopUnknown', { text, unknown });
}

function nearestFigure(row: PositionRisk, { say, format }: CommandContext): Figure {
  const { position, handle, liquidationDistance } = row;
  const isPast = liquidationDistance?.lte(0) === true;
  const text = say(isPast ? 'liq.nearestPast' : 'liq.nearestText', {
    asset: position.instrument.asset,
    side: say(`side.${position.side}`),
    handle,
    distance: format.percent(liquidationDistance, 'down'),
  });
  return figure(say('liq.nearest'), text, row.band);
}
