import { type Decimal, dec, ONE, ZERO } from '../domain/decimal.ts';
import { MARKET_ASSETS } from './market-assets.ts';
import {
  SIM_ASSETS,
  type SimAsset,
  type SimInstrument,
  type SimTier,
  type SimVenue,
} from './model.ts';

/** [cap, maintenance rate, maximum leverage] of one bracket. */
type Bracket = readonly [cap: string, rate: string, leverage: number];

/**
 * Brackets with the deduction that keeps maintenance continuous:
 * d(k) = d(k−1) + floor(k) × (r(k) − r(k−1)).
 */
function withDeductions(brackets: readonly Bracket[]): SimTier[] {
  const tiers: SimTier[] = [];
  for (const [cap, rate, leverage] of brackets) {
    const before = tiers.at(-1);
    const floor = before?.cap ?? ZERO;
    const jump = before ? floor.times(dec(rate).minus(before.rate)) : ZERO;
    tiers.push({
      floor,
      cap: dec(cap),
      rate: dec(rate),
      deduction: (before?.deduction ?? ZERO).plus(jump),
      initialRate: ONE.div(leverage).toDecimalPlaces(6),
      maxLeverage: dec(leverage),
    });
  }
  return tiers;
}

/** OKX: one rate for the whole position, chosen by the number of contracts. */
function flat(brackets: readonly Bracket[]): SimTier[] {
  return withDeductions(brackets).map((tier) => ({ ...tier, deduction: ZERO }));
}

/** Brackets in the shape of the venues' own tables; sizes are plausible, not a copy of any day's. */
const BYBIT_LINEAR: readonly Bracket[] = [
  ['2000000', '0.005', 100],
  ['10000000', '0.01', 50],
  ['20000000', '0.015', 33],
  ['40000000', '0.025', 20],
  ['100000000', '0.05', 10],
  ['300000000', '0.1', 5],
];
const BYBIT_ALT: readonly Bracket[] = [
  ['200000', '0.01', 50],
  ['1000000', '0.015', 33],
  ['3000000', '0.025', 20],
  ['10000000', '0.05', 10],
  ['30000000', '0.1', 5],
];
const BYBIT_INVERSE: Readonly<Partial<Record<SimAsset, readonly Bracket[]>>> = {
  BTC: [
    ['150', '0.005', 100],
    ['300', '0.01', 50],
    ['600', '0.02', 25],
    ['1500', '0.05', 10],
  ],
  ETH: [
    ['3000', '0.01', 50],
    ['6000', '0.02', 25],
    ['30000', '0.05', 10],
  ],
};
const BINANCE_LINEAR: readonly Bracket[] = [
  ['50000', '0.004', 125],
  ['600000', '0.005', 100],
  ['3000000', '0.0065', 75],
  ['12000000', '0.01', 50],
  ['70000000', '0.02', 25],
  ['200000000', '0.05', 10],
  ['500000000', '0.125', 4],
];
const BINANCE_ALT: readonly Bracket[] = [
  ['10000', '0.005', 75],
  ['100000', '0.0065', 50],
  ['500000', '0.01', 40],
  ['2000000', '0.02', 25],
  ['10000000', '0.05', 10],
  ['40000000', '0.125', 4],
];
const BINANCE_INVERSE: Readonly<Partial<Record<SimAsset, readonly Bracket[]>>> = {
  BTC: [
    ['5', '0.004', 125],
    ['10', '0.005', 100],
    ['20', '0.01', 50],
    ['50', '0.025', 20],
    ['100', '0.05', 10],
    ['200', '0.1', 5],
    ['500', '0.125', 4],
  ],
  ETH: [
    ['150', '0.005', 75],
    ['700', '0.01', 50],
    ['3000', '0.025', 20],
    ['8000', '0.05', 10],
    ['30000', '0.125', 4],
  ],
};
/** In contracts. */
const OKX_CONTRACTS: readonly Bracket[] = [
  ['5000', '0.004', 100],
  ['20000', '0.01', 50],
  ['40000', '0.015', 33],
  ['90000', '0.025', 20],
  ['200000', '0.05', 10],
  ['900000', '0.1', 5],
];
const ZTDX_TIERS: readonly Bracket[] = [['1000000000', '0.005', 50]];

const FEES: Readonly<Record<SimVenue, { readonly taker: Decimal; readonly maker: Decimal }>> = {
  bybit: { taker: dec('0.00055'), maker: dec('0.0002') },
  binance: { taker: dec('0.0005'), maker: dec('0.0002') },
  okx: { taker: dec('0.0005'), maker: dec('0.0002') },
  ztdx: { taker: dec('0.0005'), maker: dec('0.0002') },
};

/** Size step in base units where the venue counts base units. */
const LOT: Readonly<Record<SimAsset, string>> = {
  BTC: '0.001',
  ETH: '0.01',
  SOL: '0.1',
  BNB: '0.01',
  XRP: '1',
  DOGE: '1',
};
const OKX_CONTRACT_SIZE: Readonly<Record<SimAsset, string>> = {
  BTC: '0.01',
  ETH: '0.1',
  SOL: '1',
  BNB: '0.01',
  XRP: '100',
  DOGE: '1000',
};
const MAJORS: readonly SimAsset[] = ['BTC', 'ETH'];

type Shape = Pick<
  SimInstrument,
  | 'venue'
  | 'symbol'
  | 'asset'
  | 'quote'
  | 'kind'
  | 'contractSize'
  | 'lotSize'
  | 'tiers'
  | 'tierUnit'
>;

function instrument(shape: Shape): SimInstrument {
  return {
    ...shape,
    settle: shape.kind === 'inverse' ? shape.asset : shape.quote,
    tickSize: MARKET_ASSETS[shape.asset].tick,
    maxLeverage: shape.tiers[0]?.maxLeverage ?? ONE,
    takerFee: FEES[shape.venue].taker,
    makerFee: FEES[shape.venue].maker,
  };
}

function linear(venue: SimVenue, asset: SimAsset, brackets: readonly Bracket[]): SimInstrument {
  return instrument({
    venue,
    symbol: `${asset}USDT`,
    asset,
    quote: 'USDT',
    kind: 'linear',
    contractSize: ONE,
    lotSize: dec(LOT[asset]),
    tiers: withDeductions(brackets),
    tierUnit: 'quote',
  });
}

function bybitInstruments(): SimInstrument[] {
  const bracketsOf = (asset: SimAsset) => (MAJORS.includes(asset) ? BYBIT_LINEAR : BYBIT_ALT);
  const usdt = SIM_ASSETS.map((asset) => linear('bybit', asset, bracketsOf(asset)));
  const usdc = MAJORS.map(
    (asset): SimInstrument => ({
      ...linear('bybit', asset, BYBIT_LINEAR),
      symbol: `${asset}PERP`,
      quote: 'USDC',
      settle: 'USDC',
    }),
  );
  const inverse = MAJORS.map((asset) =>
    instrument({
      venue: 'bybit',
      symbol: `${asset}USD`,
      asset,
      quote: 'USD',
      kind: 'inverse',
      contractSize: ONE,
      lotSize: ONE,
      tiers: withDeductions(BYBIT_INVERSE[asset] ?? []),
      tierUnit: 'base',
    }),
  );
  return [...usdt, ...usdc, ...inverse];
}

function binanceInstruments(): SimInstrument[] {
  const bracketsOf = (asset: SimAsset) => (MAJORS.includes(asset) ? BINANCE_LINEAR : BINANCE_ALT);
  const usdt = SIM_ASSETS.map((asset) => linear('binance', asset, bracketsOf(asset)));
  const inverse = MAJORS.map((asset) =>
    instrument({
      venue: 'binance',
      symbol: `${asset}USD_PERP`,
      asset,
      quote: 'USD',
      kind: 'inverse',
      contractSize: dec(asset === 'BTC' ? '100' : '10'),
      lotSize: ONE,
      tiers: withDeductions(BINANCE_INVERSE[asset] ?? []),
      tierUnit: 'base',
    }),
  );
  return [...usdt, ...inverse];
}

function okxInstruments(): SimInstrument[] {
  const swap = (asset: SimAsset, quote: 'USDT' | 'USD'): SimInstrument => {
    const inverseSize = asset === 'BTC' ? '100' : '10';
    return instrument({
      venue: 'okx',
      symbol: `${asset}-${quote}-SWAP`,
      asset,
      quote,
      kind: quote === 'USD' ? 'inverse' : 'linear',
      contractSize: dec(quote === 'USD' ? inverseSize : OKX_CONTRACT_SIZE[asset]),
      lotSize: quote === 'USD' ? ONE : dec('0.01'),
      tiers: flat(OKX_CONTRACTS),
      tierUnit: 'contracts',
    });
  };
  return [
    ...SIM_ASSETS.map((asset) => swap(asset, 'USDT')),
    ...MAJORS.map((asset) => swap(asset, 'USD')),
  ];
}

/** Everything that trades in the simulator, by venue. */
export const INSTRUMENTS: Readonly<Record<SimVenue, readonly SimInstrument[]>> = {
  bybit: bybitInstruments(),
  binance: binanceInstruments(),
  okx: okxInstruments(),
  ztdx: SIM_ASSETS.map((asset) => linear('ztdx', asset, ZTDX_TIERS)),
};

export function instrumentOf(venue: SimVenue, symbol: string): SimInstrument {
  const found = INSTRUMENTS[venue].find((each) => each.symbol === symbol);
  if (found === undefined) throw new TypeError(`${venue} has no ${symbol} in the simulator`);
  return found;
}
