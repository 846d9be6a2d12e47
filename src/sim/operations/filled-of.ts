import type { Decimal } from '../../domain/decimal.ts';
import type { SimRequest } from '../facade.ts';
import type { SimInstrument } from '../model.ts';

/** What a market order fills of what it asks: all, unless the venue is told to fill a part. */
export function filledOf(
  asked: Decimal,
  { request, instrument }: { readonly request: SimRequest; readonly instrument: SimInstrument },
): Decimal {
  const share = request.quirks?.fillShare;
  if (share === undefined) return asked;
  const lots = asked.times(share).div(instrument.lotSize).floor();
  return lots.times(instrument.lotSize);
}
