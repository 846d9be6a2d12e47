import { parseDecimal } from '../../../domain/decimal.ts';
import { recall } from './account-memory.ts';
import { parseCoinmAccount } from './binance-account.ts';
import { type FactsOf, readBinanceBook } from './binance-book.ts';
import { inspectBinance } from './binance-inspection.ts';
import { readPrices } from './binance-marks.ts';
import { parsePools } from './binance-pools.ts';
import type { BinanceLegFacts } from './binance-position.ts';
import { createCoinmWriter } from './binance-writer.ts';
import { malformed } from './malformed.ts';
import { isRecord, textOf } from './raw-record.ts';
import { BINANCE_LIMITS, binanceRules } from './venue-codes.ts';
import type { VenueProfile, VenueSession } from './venue-profile.ts';

const CM = {
  positions: 'dapiPrivateGetPositionRisk',
  brackets: 'dapiPrivateV2GetLeverageBracket',
  tierUnit: 'base',
  // Stops moved here from the plain orders on 2026-06-30 (Important CM-UM Integration Notice).
  stops: 'dapiPrivateGetOpenAlgoOrders',
} as const;

/** Binance COIN-M futures: face value in dollars, everything else in coin. */
export const binanceCoinmProfile: VenueProfile = {
  venue: 'binancecoinm',
  ccxtId: 'binancecoinm',
  environments: { testnet: null, demo: 'demo' },
  options: { fetchCurrencies: false, fetchOpenOrders: { warnWithoutSymbol: false } },
  rules: binanceRules,
  // 2,400 weight a minute, apart from USD-M; account weighs 5, positionRisk 1, premiumIndex 10.
  budget: {
    perIp: { requests: 60, perMs: 10_000 },
    perUser: { requests: 60, perMs: 10_000 },
    weightPerMinute: 2_000,
    limits: BINANCE_LIMITS,
  },
  fetchBook(session) {
    // Asked at once, so that it is the same call as the margin half's.
    const facts = legFacts(session);
    return readBinanceBook(session, { surfaces: [CM], isPortfolio: false, facts: () => facts });
  },
  async fetchMargin(session) {
    const reply = await readAccount(session);
    const observedAt = session.clock.now();
    const pools = parsePools(isRecord(reply) ? reply['assets'] : null);
    if (!pools.ok) throw malformed(pools.error);
    const assets = pools.value.map((pool) => pool.asset);
    const priceOf = await readPrices(session, 'dapiPublicGetPremiumIndex', assets);
    const margin = parseCoinmAccount(reply, { priceOf, observedAt });
    if (!margin.ok) throw malformed(margin.error);
    return margin.value;
  },
  createWriter: createCoinmWriter,
  inspect: (session) =>
    inspectBinance(session, {
      time: 'dapiPublicGetTime',
      config: 'dapiPrivateGetPositionSideDual',
      surfaces: [CM],
      mayTradeField: 'enableFutures',
      mode: null,
    }),
};

/** Both halves of a read need it: the margins of a position stand only here. */
function readAccount(session: VenueSession): Promise<unknown> {
  return recall(session, {
    key: 'dapi account',
    freshMs: 0,
    load: () => session.call('dapiPrivateGetAccount'),
  });
}

async function legFacts(session: VenueSession): Promise<FactsOf> {
  try {
    const facts = parseLegMargins(await readAccount(session));
    return (market, side) => facts.get(`${market} ${side}`) ?? null;
  } catch {
    // Margins of positions are shown as not known; the other half of the reading tells why.
    return () => null;
  }
}

/** `positions[]` of an account, by symbol and position side. */
function parseLegMargins(reply: unknown): Map<string, BinanceLegFacts> {
  const facts = new Map<string, BinanceLegFacts>();
  const rows: unknown = isRecord(reply) ? reply['positions'] : null;
  if (!Array.isArray(rows)) return facts;
  for (const row of rows) {
    if (!isRecord(row)) continue;
    facts.set(`${textOf(row, 'symbol')} ${textOf(row, 'positionSide') ?? 'BOTH'}`, {
      leverage: null,
      marginMode: null,
      initialMargin:
        parseDecimal(row['positionInitialMargin']) ?? parseDecimal(row['initialMargin']),
      maintenanceMargin: parseDecimal(row['maintMargin']),
    });
  }
  return facts;
}
