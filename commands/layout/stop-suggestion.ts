import {
  type StopNotSuggested,
  type SuggestedStop,
  suggestStop,
} from '../../src/actions/suggest-stop.ts';
import type { StopsLook } from '../../src/app/actions/look-at-stops.ts';
import type { CommandContext } from '../../src/app/command.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Price } from '../../src/domain/units.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import type { JudgedDesk, JudgedPosition } from '../../src/risk/probability/judge-desk.ts';
import { plain } from './action-text.ts';
import { priceOf } from './price-of.ts';

type Suggestion = Result<SuggestedStop, StopNotSuggested>;

/** For a position that has no stop; null: it has one, or nobody knows. */
export function stopSuggestion(
  { stops, position }: StopsLook,
  risk: JudgedPosition | undefined,
  { evidence }: JudgedDesk,
): Suggestion | null {
  const hasNone =
    stops === null
      ? position.stopLoss.kind === 'none'
      : stops.stopLoss.length === 0 && stops.trailing === null;
  if (!hasNone || risk === undefined) return null;
  const { side, markPrice, instrument } = position;
  return suggestStop({
    ...{ side, markPrice, tickSize: instrument.tickSize, liquidation: nearestLiquidation(risk) },
    day: evidence.outlooks.get(instrument.asset)?.horizons['24h'] ?? null,
  });
}

function nearestLiquidation(risk: JudgedPosition): Price | 'none' | null {
  const { liquidationState, position, estimatedLiquidationPrice } = risk;
  const known = [priceOf(position.liquidation), estimatedLiquidationPrice].filter(
    (price) => price !== null,
  );
  const [one, other] = known;
  if (one === undefined) return liquidationState === 'none' ? 'none' : null;
  if (other === undefined) return one;
  const isOneNearer = position.side === 'long' ? one.gte(other) : one.lte(other);
  return isOneNearer ? one : other;
}

export function suggestionNotes(
  suggestion: Suggestion | null,
  { handle }: Pick<StopsLook, 'handle'>,
  { say, format }: CommandContext,
): Note[] {
  if (suggestion === null) return [];
  if (!suggestion.ok) return [note(say(`suggest.none.${suggestion.error}`), 'warn')];
  const { price, distance, quietDays } = suggestion.value;
  const facts = {
    ...{ price: plain(price), line: lineOf(handle, price) },
    distance: format.percent(distance, 'nearest'),
    days: format.percent(quietDays, 'nearest'),
  };
  return [note(say('suggest.stop', facts), 'warn')];
}

export function suggestionData(suggestion: Suggestion | null, handle: string) {
  if (suggestion === null) return null;
  if (!suggestion.ok) return { stopLoss: null, reason: suggestion.error, line: null };
  const { price } = suggestion.value;
  return { stopLoss: price, reason: null, line: lineOf(handle, price) };
}

function lineOf(handle: string, price: Price): string {
  return `/tpsl ${handle} sl=${plain(price)}`;
}
