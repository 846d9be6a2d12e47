import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Figure } from '../../src/replies/reply.ts';
import { figure } from '../../src/replies/table-of.ts';
import type { JudgedPosition } from '../../src/risk/probability/judge-desk.ts';
import { headlineOf } from '../../src/risk/probability/position-probability.ts';
import type { StopCoverage } from '../../src/risk/stop-coverage.ts';
import { stopCoverage } from '../../src/risk/stop-coverage.ts';
import { coverageOf, partly } from './coverage.ts';
import { probabilityText } from './probability-text.ts';

/** Rows are worst first. */
export function liquidationFigures(
  rows: readonly JudgedPosition[],
  snapshot: Snapshot,
  context: CommandContext,
): Figure[] {
  const [first] = rows;
  const isKnown = first !== undefined && first.band !== null && first.liquidationState !== 'none';
  const worst = isKnown ? [worstFigure(first, context)] : [];
  const covered = rows.map(stopCoverage);
  const text = partly(stoplessText(covered, context), coverageOf(snapshot), context);
  const severity = covered.includes('beyond') ? 'warn' : covered.includes('none') ? 'watch' : null;
  return [...worst, figure(context.say('liq.noStop'), text, severity)];
}

function stoplessText(covered: readonly StopCoverage[], { say }: CommandContext): string {
  const having = (kind: StopCoverage) => covered.filter((each) => each === kind).length;
  const stopless = say('liq.noStopText', { count: having('none'), total: covered.length });
  const beyond = having('beyond');
  const text = beyond === 0 ? stopless : say('liq.stopBeyond', { text: stopless, beyond });
  const unknown = having('unknown');
  return unknown === 0 ? text : say('liq.stopUnknown', { text, unknown });
}

function worstFigure(row: JudgedPosition, context: CommandContext): Figure {
  const { say, format } = context;
  const { position, handle, liquidationDistance } = row;
  const facts = {
    asset: position.instrument.asset,
    side: say(`side.${position.side}`),
    handle,
    distance: format.percent(liquidationDistance, 'down'),
  };
  const probability = probabilityText(headlineOf(row.probability)['24h'], context);
  const isPast = liquidationDistance?.lte(0) === true;
  const text = isPast
    ? say('liq.worstPast', facts)
    : say('liq.worstText', { ...facts, probability });
  return figure(say('liq.worst'), text, row.band);
}
