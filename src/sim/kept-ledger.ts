import { Decimal, dec } from '../domain/decimal.ts';
import { instrumentOf } from './instruments.ts';
import type { LedgerMemory } from './ledger.ts';
import type { SimInstrument, SimVenue } from './model.ts';

const DECIMAL = '$decimal';
const INSTRUMENT = '$instrument';

/** What was done to the accounts as text: a simulator that is handed it goes on from there. */
export function toKept(memory: LedgerMemory): string {
  return JSON.stringify(memory, function (this: Record<string, unknown>, key, value: unknown) {
    // Decimals have turned themselves into text before a replacer sees them; the holder still has them.
    const raw = this[key];
    if (raw instanceof Decimal) return { [DECIMAL]: raw.toString() };
    return isInstrument(value) ? { [INSTRUMENT]: [value.venue, value.symbol] } : value;
  });
}

/** Null: it was written by another program than this one, and the accounts stand as the seed has them. */
export function fromKept(text: string): LedgerMemory | null {
  try {
    return JSON.parse(text, (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null) return value;
      if (DECIMAL in value) return dec(String(value[DECIMAL]));
      if (!(INSTRUMENT in value)) return value;
      const [venue, symbol] = value[INSTRUMENT] as [SimVenue, string];
      return instrumentOf(venue, symbol);
    }) as LedgerMemory;
  } catch {
    return null;
  }
}

/** Instruments are known by identity: they come back as the very same ones. */
function isInstrument(value: unknown): value is SimInstrument {
  return typeof value === 'object' && value !== null && 'lotSize' in value && 'tiers' in value;
}
