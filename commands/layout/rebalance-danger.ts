import type { CommandContext } from '../../src/app/command.ts';
import type { Figure, Note } from '../../src/replies/reply.ts';
import { figure, note } from '../../src/replies/table-of.ts';
import type { JudgedPosition } from '../../src/risk/probability/judge-desk.ts';
import { byDanger } from './liq-order.ts';

const SHOWN = 2;

/** Positions that /liq marks as near liquidation, worst first: a plan for account health may not see them. */
export function endangered(positions: readonly JudgedPosition[]): readonly JudgedPosition[] {
  const isNear = ({ band }: JudgedPosition) =>
    band === 'warn' || band === 'crit' || band === 'emerg';
  return byDanger(positions.filter(isNear));
}

export function dangerFigures(near: readonly JudgedPosition[], context: CommandContext): Figure[] {
  const { say } = context;
  const [worst] = near;
  if (worst === undefined) return [];
  const text = near
    .slice(0, SHOWN)
    .map((row) => nearText(row, context))
    .join(', ');
  const count = near.length - SHOWN;
  const whole = count > 0 ? say('rebalance.nearMore', { text, count }) : text;
  return [figure(say('rebalance.near'), whole, worst.band)];
}

export function dangerNotes(near: readonly JudgedPosition[], { say }: CommandContext): Note[] {
  if (near.length === 0) return [];
  const isolated = near.filter(({ position }) => position.marginMode === 'isolated');
  const [worst] = isolated;
  const handles = isolated.map(({ handle }) => handle).join(', ');
  return [
    note(say('rebalance.onlyHealth'), 'warn'),
    ...(worst ? [note(say('rebalance.unhelped', { handles, worst: worst.handle }), 'warn')] : []),
  ];
}

function nearText(row: JudgedPosition, { say, format }: CommandContext): string {
  const { position, handle, liquidationDistance } = row;
  const { instrument, side } = position;
  return say('liq.nearestText', {
    ...{ asset: instrument.asset, side: say(`side.${side}`), handle },
    distance: format.percent(liquidationDistance, 'down'),
  });
}
