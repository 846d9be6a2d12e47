import { parsePortfolioAccount } from './binance-account.ts';
import { readBinanceBook } from './binance-book.ts';
import { inspectBinance } from './binance-inspection.ts';
import { parOnly, readPrices } from './binance-marks.ts';
import { createPmWriter } from './binance-writer.ts';
import { listOf, malformed } from './malformed.ts';
import { isRecord, textOf } from './raw-record.ts';
import { BINANCE_LIMITS, binanceRules } from './venue-codes.ts';
import type { VenueProfile } from './venue-profile.ts';

const SURFACES = [
  {
    positions: 'papiGetUmPositionRisk',
    brackets: 'papiGetUmLeverageBracket',
    tierUnit: 'quote',
    // Replaced um/conditional on 2026-04-28.
    stops: 'papiGetUmAlgoOpenAlgoOrders',
  },
  {
    positions: 'papiGetCmPositionRisk',
    brackets: 'papiGetCmLeverageBracket',
    tierUnit: 'base',
    stops: 'papiGetCmConditionalOpenOrders',
  },
] as const;

/** Binance portfolio margin: USD-M, COIN-M and margin loans in one pool, reached through papi. */
export const binancePmProfile: VenueProfile = {
  venue: 'binancepm',
  ccxtId: 'binanceusdm',
  // Neither testnet nor demo serve papi.
  environments: { testnet: null, demo: null },
  options: {
    fetchCurrencies: false,
    fetchMarkets: { types: ['linear', 'inverse'] },
    fetchOpenOrders: { warnWithoutSymbol: false },
  },
  rules: binanceRules,
  // 6,000 weight a minute; account and balance weigh 20 each, positionRisk 5 and 1.
  budget: {
    perIp: { requests: 60, perMs: 10_000 },
    perUser: { requests: 60, perMs: 10_000 },
    weightPerMinute: 5_000,
    limits: BINANCE_LIMITS,
  },
  fetchBook: (session) =>
    readBinanceBook(session, {
      surfaces: SURFACES,
      isPortfolio: true,
      facts: async () => () => null,
    }),
  async fetchMargin(session) {
    const [account, balance] = await Promise.all([
      session.call('papiGetAccount'),
      session.call('papiGetBalance'),
    ]);
    const observedAt = session.clock.now();
    const assets = listOf(balance, 'balance').flatMap((row) =>
      isRecord(row) ? (textOf(row, 'asset') ?? []) : [],
    );
    const priceOf = await readPrices(session, 'fapiPublicGetPremiumIndex', assets).catch(
      () => parOnly,
    );
    const margin = parsePortfolioAccount({ account, balance }, { priceOf, observedAt });
    if (!margin.ok) throw malformed(margin.error);
    return margin.value;
  },
  createWriter: createPmWriter,
  inspect: (session) =>
    inspectBinance(session, {
      // papi has no clock of its own.
      time: 'fapiPublicGetTime',
      config: 'papiGetUmAccountConfig',
      surfaces: SURFACES,
      mayTradeField: 'enablePortfolioMarginTrading',
      mode: 'portfolio',
    }),
};
