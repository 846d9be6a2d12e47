import type { CommandContext } from '../src/app/command.ts';
import type { Snapshot } from '../src/portfolio/snapshot.ts';
import type { Figure } from '../src/replies/reply.ts';
import { figure } from '../src/replies/table-of.ts';
import type { PositionRisk } from '../src/risk/position-risk.ts';
import { partly } from './coverage.ts';

/** Rows are nearest first. */
export function liquidationFigures(
  rows: readonly PositionRisk[],
  snapshot: Snapshot,
  context: CommandContext,
): Figure[] {
  const { say } = context;
  const total = snapshot.accounts.length;
  const missing = snapshot.accounts.filter(({ status }) => status === 'missing').length;
  const [first] = rows;
  const stopless = rows.filter(({ position }) => position.stopLoss.kind === 'none');
  const counts = { count: stopless.length, total: rows.length, handles: handlesText(stopless) };
  return [
    ...(first && first.liquidationDistance !== null ? [nearestFigure(first, context)] : []),
    figure(
      say('positions.title'),
      partly(say('common.positions', { count: rows.length }), { missing, total }, context),
    ),
    ...(stopless.length === 0
      ? []
      : [figure(say('liq.noStop'), say('liq.noStopText', counts), 'watch')]),
  ];
}

function nearestFigure(row: PositionRisk, context: CommandContext): Figure {
  const { say, format } = context;
  const isPast = row.liquidationDistance?.lte(0) === true;
  const facts = {
    asset: row.position.instrument.asset,
    side: say(`side.${row.position.side}`),
    handle: row.handle,
  };
  const distance = format.percent(row.liquidationDistance, 'down');
  const text = isPast
    ? say('liq.nearestPast', facts)
    : say('liq.nearestText', { ...facts, distance });
  return figure(say('liq.nearest'), text, row.band);
}

function handlesText(rows: readonly PositionRisk[]): string {
  const handles = rows.map(({ handle }) => handle);
  return handles.length <= 4 ? handles.join(', ') : `${handles.slice(0, 4).join(', ')}, …`;
}
