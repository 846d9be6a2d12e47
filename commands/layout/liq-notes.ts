import type { CommandContext } from '../../src/app/command.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import type { PositionRisk } from '../../src/risk/position-risk.ts';
import { liquidationText, priceText } from './position-rows.ts';

export function liquidationNotes(rows: readonly PositionRisk[], context: CommandContext): Note[] {
  const { say } = context;
  const unknown = rows.filter(
    (row) => row.liquidationDistance === null && row.liquidationState !== 'none',
  );
  const isEstimated = rows.some((row) => liquidationText(row, context).startsWith('~'));
  const handles = unknown.map(({ handle }) => handle).join(', ');
  return [
    ...rows.filter((row) => row.disagrees).map((row) => disagreementNote(row, context)),
    ...(unknown.length === 0
      ? []
      : [note(say('liq.unknown', { count: unknown.length, handles }), 'warn')]),
    ...(isEstimated ? [note(say('liq.estimated'))] : []),
  ];
}

function disagreementNote(row: PositionRisk, context: CommandContext): Note {
  const { position, handle, estimatedLiquidationPrice } = row;
  const venuePrice = position.liquidation.kind === 'price' ? position.liquidation.price : null;
  const text = context.say('liq.disagrees', {
    handle,
    asset: position.instrument.asset,
    side: context.say(`side.${position.side}`),
    venuePrice: priceText(row, venuePrice, context),
    ownPrice: priceText(row, estimatedLiquidationPrice, context),
  });
  return note(text, 'warn');
}
