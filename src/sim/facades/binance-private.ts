import { type Decimal, ONE } from '../../domain/decimal.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { AccountView } from '../engine.ts';
import type { SimInstrument, SimOrder, SimTier } from '../model.ts';
import { accountBody, binanceLegs, positionRiskRow, positionSideOf } from './binance-account.ts';
import { algoOrder, openAlgoRows } from './binance-algo.ts';
import { positionMarginHistory } from './binance-margin.ts';
import {
  type BinanceAnswer,
  type BinanceRoute,
  type BinanceSignedCall,
  eight,
  ofOne,
  usdmInstruments,
  wireNumber,
} from './binance-route.ts';
import { queryOrder } from './binance-trade.ts';
import { universalTransferHistory } from './binance-transfer.ts';
import type { MbxRefusal } from './mbx-auth.ts';
import { numericId } from './numeric-id.ts';

/** What the venue gives a symbol that was never touched. */
const DEFAULT_LEVERAGE = 20;

/** Rows of the `symbol` parameter, or all of them; an unknown symbol is refused. */
function filtered(
  call: BinanceSignedCall,
  rows: readonly { readonly symbol: string }[],
): Result<unknown, MbxRefusal> {
  if (!call.request.query.has('symbol')) return ok(rows);
  return ofOne(call, ({ symbol }) => rows.filter((row) => row.symbol === symbol));
}

function positionRisk(call: BinanceSignedCall): BinanceAnswer {
  const { world, request, view } = call;
  const rows = binanceLegs(view).map((leg) =>
    positionRiskRow(leg, world.market.mark(leg.instrument.asset, request.now)),
  );
  return filtered(call, rows);
}

/** These are JSON numbers on the venue too. */
function bracketRow(tier: SimTier, index: number) {
  return {
    bracket: index + 1,
    initialLeverage: wireNumber(tier.maxLeverage),
    notionalCap: wireNumber(tier.cap),
    notionalFloor: wireNumber(tier.floor),
    maintMarginRatio: wireNumber(tier.rate),
    cum: wireNumber(tier.deduction),
  };
}

function leverageBracket(call: BinanceSignedCall): BinanceAnswer {
  const rows = usdmInstruments(call.world).map(({ symbol, tiers }) => ({
    symbol,
    notionalCoef: 1,
    brackets: tiers.map(bracketRow),
  }));
  return filtered(call, rows);
}

/** Leverage and margin type belong to the symbol on this venue, for both legs. */
function symbolConfig(call: BinanceSignedCall): BinanceAnswer {
  const rows = usdmInstruments(call.world).map((instrument) => {
    const used = [...call.account.positions, ...call.account.orders].find(
      (each) => each.instrument === instrument,
    );
    const leverage = used ? wireNumber(used.leverage) : DEFAULT_LEVERAGE;
    return {
      symbol: instrument.symbol,
      marginType: used?.marginMode === 'isolated' ? 'ISOLATED' : 'CROSSED',
      isAutoAddMargin: false,
      leverage,
      maxNotionalValue: largestAt(instrument, leverage).toFixed(),
    };
  });
  return filtered(call, rows);
}

function largestAt(instrument: SimInstrument, leverage: number): Decimal {
  const allowed = instrument.tiers.filter(({ maxLeverage }) => maxLeverage.gte(leverage));
  return allowed.at(-1)?.cap ?? ONE;
}

function orderRow({ account }: BinanceSignedCall, order: SimOrder) {
  return {
    orderId: Number(numericId(order.id, 12)),
    symbol: order.instrument.symbol,
    status: 'NEW',
    clientOrderId: order.clientId,
    price: order.price.toFixed(),
    avgPrice: '0.00',
    origQty: order.contracts.toFixed(),
    executedQty: '0',
    cumQuote: '0',
    timeInForce: 'GTC',
    type: 'LIMIT',
    reduceOnly: order.reduceOnly,
    closePosition: false,
    side: order.side.toUpperCase(),
    positionSide: positionSideOf(account.positionMode === 'hedge' ? order.positionSide : null),
    stopPrice: '0',
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    origType: 'LIMIT',
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: 0,
    time: order.createdAt,
    updateTime: order.createdAt,
  };
}

function accountConfig({ account, request }: BinanceSignedCall) {
  return {
    feeTier: 0,
    canTrade: true,
    canDeposit: true,
    canWithdraw: false,
    dualSidePosition: account.positionMode === 'hedge',
    updateTime: request.now,
    multiAssetsMargin: account.pool === 'usd',
    tradeGroupId: -1,
  };
}

/** A key as it should be: it trades futures, cannot withdraw, and is bound to an address. */
function apiRestrictions() {
  return {
    ipRestrict: true,
    createTime: 1_698_645_219_000,
    enableReading: true,
    enableWithdrawals: false,
    enableInternalTransfer: false,
    enableMargin: false,
    enableFutures: true,
    permitsUniversalTransfer: true,
    enableVanillaOptions: false,
    enableFixApiTrade: false,
    enableFixReadOnly: false,
    enableSpotAndMarginTrading: false,
    enablePortfolioMarginTrading: false,
  };
}

function balanceRows(view: AccountView, now: number) {
  return view.coins.map((coin) => ({
    accountAlias: 'SgsR',
    asset: coin.coin,
    balance: eight(coin.wallet),
    crossWalletBalance: eight(coin.wallet.minus(coin.isolatedMargin)),
    crossUnPnl: eight(coin.unrealizedPnl.minus(coin.isolatedPnl)),
    availableBalance: eight(coin.available),
    maxWithdrawAmount: eight(coin.available),
    marginAvailable: true,
    updateTime: now,
  }));
}

/** GET, by path. Weights by the venue's documents. */
export const BINANCE_PRIVATE: Readonly<Record<string, BinanceRoute<BinanceSignedCall>>> = {
  '/fapi/v3/account': {
    weight: 5,
    answer: ({ view, request }) => ok(accountBody(view, request.now)),
  },
  '/fapi/v3/balance': {
    weight: 5,
    answer: ({ view, request }) => ok(balanceRows(view, request.now)),
  },
  '/fapi/v3/positionRisk': { weight: 5, answer: positionRisk },
  '/fapi/v1/leverageBracket': { weight: 1, answer: leverageBracket },
  '/fapi/v1/symbolConfig': { weight: 5, answer: symbolConfig },
  '/fapi/v1/accountConfig': { weight: 5, answer: (call) => ok(accountConfig(call)) },
  '/fapi/v1/positionSide/dual': {
    weight: 30,
    answer: ({ account }) => ok({ dualSidePosition: account.positionMode === 'hedge' }),
  },
  '/fapi/v1/multiAssetsMargin': {
    weight: 30,
    answer: ({ account }) => ok({ multiAssetsMargin: account.pool === 'usd' }),
  },
  '/fapi/v1/openOrders': {
    weight: 40,
    answer: (call) =>
      filtered(
        call,
        call.account.orders.map((order) => orderRow(call, order)),
      ),
  },
  '/fapi/v1/openAlgoOrders': {
    weight: 40,
    answer: (call) => filtered(call, openAlgoRows(call)),
  },
  '/fapi/v1/algoOrder': { weight: 1, answer: algoOrder },
  '/fapi/v1/order': { weight: 1, answer: queryOrder },
  '/fapi/v1/positionMargin/history': { weight: 1, answer: positionMarginHistory },
  '/sapi/v1/sub-account/universalTransfer': { weight: 1, answer: universalTransferHistory },
  '/sapi/v1/account/apiRestrictions': { weight: 1, answer: () => ok(apiRestrictions()) },
};
