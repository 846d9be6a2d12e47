import { dec, ONE } from '../../../../src/domain/decimal.ts';
import type { Instrument } from '../../../../src/domain/instrument.ts';
import { asRatio, type InstrumentId } from '../../../../src/domain/units.ts';

/** A BTC contract; `overrides` say what matters to the test. */
export function contract(overrides: Partial<Instrument> = {}): Instrument {
  return {
    id: 'venue:BTC/USDT:USDT' as InstrumentId,
    venue: 'venue',
    symbol: 'BTC/USDT:USDT',
    asset: 'BTC',
    quote: 'USDT',
    settle: 'USDT',
    kind: 'linear',
    contractSize: ONE,
    tickSize: dec('0.1'),
    multiplier: ONE,
    tiers: null,
    tierUnit: 'quote',
    takerFee: asRatio(dec('0.0005')),
    ...overrides,
  };
}

export function inverse(face: string): Instrument {
  return contract({
    id: 'venue:BTC/USD:BTC' as InstrumentId,
    symbol: 'BTC/USD:BTC',
    quote: 'USD',
    settle: 'BTC',
    kind: 'inverse',
    contractSize: dec(face),
    tierUnit: 'base',
  });
}

/** A value with its Decimals as plain text, to compare whole objects by what the venue printed. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
