import type { Decimal } from '../../domain/decimal.ts';
import { type AccountView, type CoinView, viewAccount } from '../engine.ts';
import { figure } from '../facade.ts';
import type { SimAccount } from '../model.ts';
import { answer, type BybitAnswer, type BybitPrivateCall, marksOf, refuse } from './bybit-route.ts';

/** Unified 2.0: cross or isolated is a setting of the whole account. */
function isIsolated({ positions }: SimAccount): boolean {
  return positions.length > 0 && positions.every(({ marginMode }) => marginMode === 'isolated');
}

/** `GET /v5/account/wallet-balance` of the unified account, in US dollars with coins below. */
export function walletBalance(call: BybitPrivateCall): BybitAnswer {
  if (call.request.query.get('accountType') !== 'UNIFIED') {
    return refuse(10001, 'accountType only support UNIFIED.');
  }
  const view = viewAccount(call.account, marksOf(call));
  return answer({ list: [accountRow(view)] });
}

function accountRow(view: AccountView) {
  // An isolated account has no margin of its own: the venue leaves these fields empty.
  const shown = (value: Decimal, digits = 8) =>
    isIsolated(view.account) ? '' : figure(value, digits);
  const rate = (margin: Decimal) =>
    view.marginBalanceUsd.isZero() ? '0' : shown(margin.div(view.marginBalanceUsd), 4);
  return {
    accountType: 'UNIFIED',
    accountLTV: '',
    accountIMRate: rate(view.initialMarginUsd),
    accountMMRate: rate(view.maintenanceMarginUsd),
    accountIMRateByMp: '',
    accountMMRateByMp: '',
    totalEquity: figure(view.equityUsd),
    totalWalletBalance: figure(view.walletUsd),
    totalMarginBalance: shown(view.equityUsd),
    totalAvailableBalance: shown(view.availableUsd),
    totalPerpUPL: figure(view.unrealizedPnlUsd),
    totalInitialMargin: shown(view.initialMarginUsd),
    totalMaintenanceMargin: shown(view.maintenanceMarginUsd),
    totalInitialMarginByMp: '',
    totalMaintenanceMarginByMp: '',
    coin: view.coins.map(coinRow),
  };
}

function coinRow(coin: CoinView) {
  return {
    coin: coin.coin,
    equity: figure(coin.equity),
    usdValue: figure(coin.equity.times(coin.usdPrice)),
    walletBalance: figure(coin.wallet),
    free: '',
    locked: '0',
    spotHedgingQty: '0',
    borrowAmount: '0',
    spotBorrow: '0',
    accruedInterest: '0',
    totalOrderIM: figure(coin.orderInitialMargin),
    totalPositionIM: figure(coin.positionInitialMargin),
    totalPositionMM: figure(coin.maintenanceMargin),
    unrealisedPnl: figure(coin.unrealizedPnl),
    cumRealisedPnl: '0',
    bonus: '0',
    // Deprecated for unified accounts: empty since 2025-01.
    availableToWithdraw: '',
    availableToBorrow: '',
    collateralSwitch: true,
    marginCollateral: true,
  };
}

export function accountInfo(call: BybitPrivateCall): BybitAnswer {
  return answer({
    marginMode: isIsolated(call.account) ? 'ISOLATED_MARGIN' : 'REGULAR_MARGIN',
    updatedTime: '1697078946000',
    unifiedMarginStatus: 5,
    dcpStatus: 'OFF',
    timeWindow: 10,
    smpGroup: 0,
    isMasterTrader: false,
    spotHedgingStatus: 'OFF',
  });
}

/** A trading key without withdrawal, bound to loopback. */
export function queryApi({ account, request, world }: BybitPrivateCall): BybitAnswer {
  const master = world.desk(request).accounts.find(({ id }) => id === account.parent);
  return answer({
    id: account.uid,
    note: account.id,
    apiKey: account.credentials.apiKey,
    readOnly: 0,
    secret: '',
    permissions: {
      ContractTrade: ['Order', 'Position'],
      Spot: [],
      Wallet: ['AccountTransfer', 'SubMemberTransfer'],
      Options: [],
      Derivatives: ['DerivativesTrade'],
      CopyTrading: [],
      BlockTrade: [],
      Exchange: [],
      NFT: [],
      Affiliate: [],
    },
    ips: ['127.0.0.1'],
    type: 1,
    deadlineDay: 89,
    expiredAt: new Date(request.now + 89 * 86_400_000).toISOString(),
    createdAt: '2026-01-05T02:24:40Z',
    unified: 0,
    uta: 1,
    userID: Number(account.uid),
    inviterID: 0,
    vipLevel: 'No VIP',
    mktMakerLevel: '0',
    affiliateID: 0,
    rsaPublicKey: '',
    isMaster: master === undefined,
    parentUid: master?.uid ?? '0',
    kycLevel: 'LEVEL_DEFAULT',
    kycRegion: '',
  });
}

export function coinInfo({ world }: BybitPrivateCall): BybitAnswer {
  const coins = new Set(world.instruments('bybit').flatMap((each) => [each.asset, each.settle]));
  const rows = [...coins].map((coin) => ({
    name: coin,
    coin,
    remainAmount: '1000000',
    chains: [
      {
        chainType: coin,
        confirmation: '6',
        withdrawFee: '0.0005',
        depositMin: '0.0005',
        withdrawMin: '0.001',
        chain: coin,
        chainDeposit: '1',
        chainWithdraw: '1',
        minAccuracy: '8',
        withdrawPercentageFee: '0',
        contractAddress: '',
      },
    ],
  }));
  return answer({ rows });
}
