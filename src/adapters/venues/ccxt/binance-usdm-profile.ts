import { parseDecimal } from '../../../domain/decimal.ts';
import { recall } from './account-memory.ts';
import { parseUsdmAccount } from './binance-account.ts';
import { type FactsOf, readBinanceBook } from './binance-book.ts';
import { inspectBinance } from './binance-inspection.ts';
import { parOnly, readPrices } from './binance-marks.ts';
import { parsePools } from './binance-pools.ts';
import type { BinanceLegFacts } from './binance-position.ts';
import { createUsdmWriter } from './binance-writer.ts';
import { listOf, malformed } from './malformed.ts';
import { isRecord, positiveOf, type RawRecord, textOf } from './raw-record.ts';
import { BINANCE_LIMITS, binanceRules } from './venue-codes.ts';
import type { VenueProfile, VenueSession } from './venue-profile.ts';

const UM = {
  positions: 'fapiPrivateV3GetPositionRisk',
  brackets: 'fapiPrivateGetLeverageBracket',
  tierUnit: 'quote',
  stops: 'fapiPrivateGetOpenAlgoOrders',
} as const;

/** Binance USD-M futures (USDT, USDC and BTC margined). */
export const binanceUsdmProfile: VenueProfile = {
  venue: 'binanceusdm',
  ccxtId: 'binanceusdm',
  environments: { testnet: null, demo: 'demo' },
  // Currencies come from sapi, which futures keys may not ask.
  options: { fetchCurrencies: false, fetchOpenOrders: { warnWithoutSymbol: false } },
  rules: binanceRules,
  // 2,400 weight a minute; most calls weigh 5 (developers.binance.com, read 2026-11-25).
  budget: {
    perIp: { requests: 50, perMs: 10_000 },
    perUser: { requests: 50, perMs: 10_000 },
    weightPerMinute: 2_000,
    limits: BINANCE_LIMITS,
  },
  fetchBook: (session) =>
    readBinanceBook(session, { surfaces: [UM], isPortfolio: false, facts: symbolFacts }),
  async fetchMargin(session) {
    const reply = await session.call('fapiPrivateV3GetAccount');
    const observedAt = session.clock.now();
    const pools = parsePools(isRecord(reply) ? reply['assets'] : null);
    if (!pools.ok) throw malformed(pools.error);
    const assets = pools.value.map((pool) => pool.asset);
    const priceOf = await readPrices(session, 'fapiPublicGetPremiumIndex', assets).catch(
      () => parOnly,
    );
    const margin = parseUsdmAccount(reply, { priceOf, observedAt });
    if (!margin.ok) throw malformed(margin.error);
    return margin.value;
  },
  createWriter: createUsdmWriter,
  inspect: (session) =>
    inspectBinance(session, {
      time: 'fapiPublicGetTime',
      config: 'fapiPrivateGetAccountConfig',
      surfaces: [UM],
      mayTradeField: 'enableFutures',
      mode: null,
    }),
};

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * v3 positions lack leverage and margin type, so they come from `symbolConfig`: hourly, and at once
 * for a symbol it does not know or whose margin type the row contradicts.
 */
async function symbolFacts(session: VenueSession, rows: readonly RawRecord[]): Promise<FactsOf> {
  if (rows.length === 0) return () => null;
  const settings = async (freshMs: number) =>
    recall(session, {
      key: 'symbolConfig',
      freshMs,
      load: async () => parseSymbolConfig(await session.call('fapiPrivateGetSymbolConfig')),
    });
  try {
    const known = await settings(HOUR_MS);
    const isOld = rows.some((row) => contradicts(row, known.get(textOf(row, 'symbol') ?? '')));
    const current = isOld ? await settings(MINUTE_MS) : known;
    return (market) => current.get(market) ?? null;
  } catch {
    // Leverage is shown as not known; the positions themselves do not depend on it.
    return () => null;
  }
}

function contradicts(row: RawRecord, known: BinanceLegFacts | undefined): boolean {
  if (known === undefined) return true;
  const wallet = parseDecimal(row['isolatedWallet']);
  return wallet !== null && wallet.isZero() === (known.marginMode === 'isolated');
}

/** `symbolConfig`: marginType is CROSSED or ISOLATED. */
function parseSymbolConfig(reply: unknown): Map<string, BinanceLegFacts> {
  const facts = new Map<string, BinanceLegFacts>();
  for (const row of listOf(reply, 'symbolConfig')) {
    const symbol = isRecord(row) ? textOf(row, 'symbol') : null;
    if (!isRecord(row) || symbol === null) continue;
    const type = row['marginType'];
    facts.set(symbol, {
      leverage: positiveOf(row, 'leverage'),
      marginMode: type === 'ISOLATED' ? 'isolated' : type === 'CROSSED' ? 'cross' : null,
      initialMargin: null,
      maintenanceMargin: null,
    });
  }
  return facts;
}
