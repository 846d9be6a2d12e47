import type { SimAccountVenue, SimSide } from './model.ts';

/** One account of the demo desk as literals; sizes and prices are decimal text. */
export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly venue: SimAccountVenue;
  readonly books: readonly string[];
  readonly fundedBy: readonly string[];
  /** The account that this one is a sub-account of; null: it is a master. */
  readonly parent: string | null;
  readonly pool: 'usd' | 'coin';
  readonly positionMode: 'one-way' | 'hedge';
  readonly balances: Readonly<Record<string, string>>;
  readonly positions: readonly DemoPosition[];
  readonly orders: readonly DemoOrder[];
}

export interface DemoPosition {
  readonly symbol: string;
  readonly side: SimSide;
  readonly contracts: string;
  readonly entryPrice: string;
  readonly leverage: number;
  readonly marginMode: 'cross' | 'isolated';
  readonly takeProfit: string | null;
  readonly stopLoss: string | null;
  readonly hoursOpen: number;
}

export interface DemoOrder {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly contracts: string;
  readonly price: string;
  readonly leverage: number;
}

/** The starving one: leverage makes its usage look fine, yet a fall of 7 % or so ends it. */
const BYBIT_QUANT_A: DemoAccount = {
  id: 'bybit-quant-a',
  name: '量化策略A',
  venue: 'bybit',
  books: [],
  fundedBy: ['bybit-reserve'],
  parent: 'bybit-reserve',
  pool: 'usd',
  positionMode: 'one-way',
  balances: { USDT: '31200', BTC: '0.42' },
  positions: [
    {
      symbol: 'BTCUSDT',
      side: 'long',
      contracts: '9.8',
      entryPrice: '66280.5',
      leverage: 25,
      marginMode: 'cross',
      takeProfit: '71000',
      stopLoss: '62400',
      hoursOpen: 41,
    },
    {
      symbol: 'BTCUSD',
      side: 'short',
      contracts: '18000',
      entryPrice: '66010',
      leverage: 10,
      marginMode: 'cross',
      takeProfit: null,
      stopLoss: '69500',
      hoursOpen: 63,
    },
  ],
  orders: [{ symbol: 'BTCUSDT', side: 'buy', contracts: '1.2', price: '64150', leverage: 25 }],
};

const BINANCE_QUANT_B: DemoAccount = {
  id: 'binance-quant-b',
  name: '量化策略B',
  venue: 'binanceusdm',
  books: [],
  fundedBy: [],
  parent: null,
  pool: 'coin',
  positionMode: 'one-way',
  balances: { USDT: '96400' },
  positions: [
    {
      symbol: 'ETHUSDT',
      side: 'long',
      contracts: '92',
      entryPrice: '3388.42',
      leverage: 10,
      marginMode: 'isolated',
      takeProfit: '3850',
      stopLoss: '3180',
      hoursOpen: 30,
    },
    {
      symbol: 'SOLUSDT',
      side: 'short',
      contracts: '820',
      entryPrice: '149.71',
      leverage: 10,
      marginMode: 'cross',
      takeProfit: '128',
      stopLoss: '164.5',
      hoursOpen: 12,
    },
    {
      symbol: 'XRPUSDT',
      side: 'long',
      contracts: '148000',
      entryPrice: '0.5312',
      leverage: 10,
      marginMode: 'cross',
      takeProfit: null,
      stopLoss: '0.468',
      hoursOpen: 77,
    },
    {
      symbol: 'BNBUSDT',
      side: 'short',
      contracts: '130',
      entryPrice: '596.3',
      leverage: 20,
      marginMode: 'cross',
      takeProfit: '540',
      stopLoss: '625',
      hoursOpen: 8,
    },
  ],
  orders: [{ symbol: 'ETHUSDT', side: 'buy', contracts: '20', price: '3310', leverage: 10 }],
};

/** Holds the position nobody has put a stop on. */
const OKX_QUANT_C: DemoAccount = {
  id: 'okx-quant-c',
  name: '量化策略C',
  venue: 'okx',
  books: [],
  fundedBy: [],
  parent: null,
  pool: 'usd',
  positionMode: 'one-way',
  balances: { USDT: '82500' },
  positions: [
    {
      symbol: 'BTC-USDT-SWAP',
      side: 'long',
      contracts: '390',
      entryPrice: '64870.4',
      leverage: 10,
      marginMode: 'cross',
      takeProfit: '72000',
      stopLoss: '61200',
      hoursOpen: 55,
    },
    {
      symbol: 'SOL-USDT-SWAP',
      side: 'long',
      contracts: '1150',
      entryPrice: '153.86',
      leverage: 10,
      marginMode: 'isolated',
      takeProfit: null,
      stopLoss: null,
      hoursOpen: 19,
    },
    {
      symbol: 'DOGE-USDT-SWAP',
      side: 'short',
      contracts: '340',
      entryPrice: '0.12718',
      leverage: 10,
      marginMode: 'cross',
      takeProfit: null,
      stopLoss: '0.142',
      hoursOpen: 26,
    },
  ],
  orders: [],
};

const BYBIT_MAKER_1: DemoAccount = {
  id: 'bybit-maker-1',
  name: '做市账户1',
  venue: 'bybit',
  books: ['basis'],
  fundedBy: ['bybit-reserve'],
  parent: 'bybit-reserve',
  pool: 'usd',
  positionMode: 'hedge',
  balances: { USDT: '41800', USDC: '19500' },
  positions: [
    {
      symbol: 'BTCUSDT',
      side: 'long',
      contracts: '2.4',
      entryPrice: '65342.1',
      leverage: 10,
      marginMode: 'cross',
      takeProfit: null,
      stopLoss: '60100',
      hoursOpen: 5,
    },
    {
      symbol: 'BTCUSDT',
      side: 'short',
      contracts: '2.1',
      entryPrice: '65688.7',
      leverage: 10,
      marginMode: 'cross',
      takeProfit: null,
      stopLoss: '70900',
      hoursOpen: 4,
    },
    {
      symbol: 'ETHPERP',
      side: 'short',
      contracts: '28',
      entryPrice: '3466.25',
      leverage: 10,
      marginMode: 'cross',
      takeProfit: null,
      stopLoss: '3790',
      hoursOpen: 9,
    },
  ],
  orders: [],
};

const ZTDX_MAKER_2: DemoAccount = {
  id: 'ztdx-maker-2',
  name: '做市账户2',
  venue: 'ztdx',
  books: ['basis'],
  fundedBy: [],
  parent: null,
  pool: 'coin',
  positionMode: 'one-way',
  balances: { USDT: '19800' },
  positions: [
    {
      symbol: 'ETHUSDT',
      side: 'long',
      contracts: '25',
      entryPrice: '3441.5',
      leverage: 10,
      marginMode: 'isolated',
      takeProfit: '3900',
      stopLoss: '3150',
      hoursOpen: 9,
    },
    {
      symbol: 'BTCUSDT',
      side: 'short',
      contracts: '0.35',
      entryPrice: '65905',
      leverage: 10,
      marginMode: 'isolated',
      takeProfit: null,
      stopLoss: '70400',
      hoursOpen: 4,
    },
  ],
  orders: [],
};

/** Sits on idle margin that would save quant-a. */
const BYBIT_RESERVE: DemoAccount = {
  id: 'bybit-reserve',
  name: '风控备用',
  venue: 'bybit',
  books: [],
  fundedBy: [],
  parent: null,
  pool: 'usd',
  positionMode: 'one-way',
  balances: { USDT: '38000' },
  positions: [],
  orders: [],
};

/**
 * Three strategies, two market makers and a reserve. Alone every account is below its alarm line;
 * together more than half of the desk's equity is in use, the reserve included.
 */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  BYBIT_QUANT_A,
  BINANCE_QUANT_B,
  OKX_QUANT_C,
  BYBIT_MAKER_1,
  ZTDX_MAKER_2,
  BYBIT_RESERVE,
];
