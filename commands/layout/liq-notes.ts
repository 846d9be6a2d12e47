import type { CommandContext } from '../../src/app/command.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import type { PositionRisk } from '../../src/risk/position-risk.ts';
import type { JudgedPosition } from '../../src/risk/probability/judge-desk.ts';
import { probability24h } from '../../src/risk/probability/judge-desk.ts';
import { headlineOf } from '../../src/risk/probability/position-probability.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';
import { stopCoverage } from '../../src/risk/stop-coverage.ts';
import { liquidationText, priceText } from './position-rows.ts';
import { priceOf } from './price-of.ts';
import { probabilityNotes } from './probability-notes.ts';

export function liquidationNotes(rows: readonly JudgedPosition[], context: CommandContext): Note[] {
  const { say } = context;
  const isEstimated = rows.some((row) => liquidationText(row, context).startsWith('~'));
  const beyond = namesOf(rows.filter((row) => stopCoverage(row) === 'beyond'));
  // Without a price there is no probability either, and it is said once.
  const priced = rows.filter((row) => !isUnknown(row) || isChanceKnown(row));
  const chances = priced.map(({ handle, probability }) => ({
    name: handle,
    figure: headlineOf(probability)['24h'],
  }));
  return [
    ...disagreementNotes(rows, context),
    ...(beyond === '' ? [] : [note(say('liq.stopsBeyond', { handles: beyond }), 'warn')]),
    ...unknownNotes(rows, context),
    ...exitNotes(rows, context),
    ...(isEstimated ? [note(say('liq.estimated'))] : []),
    ...probabilityNotes(chances, context),
  ];
}

/** Whose chance is higher because getting out would move the market. */
function exitNotes(all: readonly JudgedPosition[], { say, format }: CommandContext): Note[] {
  const rows = all.filter(({ probability }) => probability.widened !== null);
  if (rows.length === 0) return [];
  const most = Math.max(...rows.map(({ probability }) => probability.exitImpact ?? 0));
  const share = format.percent(estimateRatio(most), 'up');
  return [note(say('liq.widened', { handles: namesOf(rows), share }))];
}

/** Those whose price nobody knows, and why we have no estimate either. */
function unknownNotes(rows: readonly PositionRisk[], { say }: CommandContext): Note[] {
  const unknown = rows.filter(isUnknown);
  if (unknown.length === 0) return [];
  const text = say('liq.unknown', { count: unknown.length, handles: namesOf(unknown) });
  const reasons = Map.groupBy(unknown, ({ estimateMissing }) => estimateMissing);
  const why = [...reasons].flatMap(([because, alike]) => {
    if (because === null) return [];
    const reason = say(`estimate.missing.${because}`);
    return [note(say('estimate.unknown', { names: namesOf(alike), reason }))];
  });
  return [note(text, 'warn'), ...why];
}

function isUnknown({ liquidationDistance, liquidationState }: PositionRisk): boolean {
  return liquidationDistance === null && liquidationState !== 'none';
}

function isChanceKnown(row: JudgedPosition): boolean {
  return probability24h(row) !== null;
}

function namesOf(rows: readonly PositionRisk[]): string {
  return rows.map(({ handle }) => handle).join(', ');
}

function disagreementNotes(all: readonly PositionRisk[], context: CommandContext): Note[] {
  const { say } = context;
  const rows = all
    .filter(({ disagrees }) => disagrees)
    .map((row) => {
      const { position, handle, estimatedLiquidationPrice } = row;
      return say('liq.disagreeing', {
        handle,
        venuePrice: priceText(row, priceOf(position.liquidation), context),
        ownPrice: priceText(row, estimatedLiquidationPrice, context),
      });
    });
  return rows.length === 0 ? [] : [note(say('liq.disagrees', { rows: rows.join(', ') }), 'warn')];
}
