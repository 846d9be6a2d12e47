import { type Decimal, dec, ONE } from '../../../domain/decimal.ts';
import { isDollar } from '../../../domain/money.ts';
import { splitMultiplier } from '../../../domain/split-multiplier.ts';
import { recallShared } from './account-memory.ts';
import type { PriceOf } from './binance-pools.ts';
import { listOf } from './malformed.ts';
import { isRecord, positiveOf, textOf } from './raw-record.ts';
import type { VenueSession } from './venue-profile.ts';

const FRESH_MS = 3_000;

/** Binance's own credit for its EEA customers: one is one dollar. */
const CREDIT = 'BNFCR';

/**
 * Dollars per coin from `premiumIndex`, one public call for all symbols and accounts. Asked only when
 * `assets` holds something that is not a dollar. USD-M: BTCUSDT; COIN-M: BTCUSD_PERP.
 */
export async function readPrices(
  session: VenueSession,
  method: 'fapiPublicGetPremiumIndex' | 'dapiPublicGetPremiumIndex',
  assets: readonly string[],
): Promise<PriceOf> {
  const needsMarks = assets.some((asset) => !isPar(asset));
  const marks = needsMarks
    ? await recallShared(session, {
        key: method,
        freshMs: FRESH_MS,
        load: async () => parseMarks(await session.call(method)),
      })
    : new Map<string, Decimal>();
  return (asset) => (isPar(asset) ? ONE : (marks.get(asset) ?? null));
}

/** Dollars only: where the venue totals the account itself, unpriced coins are shown as not known. */
export const parOnly: PriceOf = (asset) => (isPar(asset) ? ONE : null);

function isPar(asset: string): boolean {
  return isDollar(asset) || asset === CREDIT;
}

/** Marks of the perpetuals against the dollar, by asset. `1000PEPEUSDT` also prices one PEPE. */
export function parseMarks(reply: unknown): Map<string, Decimal> {
  const marks = new Map<string, Decimal>();
  const perThousand = new Map<string, Decimal>();
  for (const row of listOf(reply, 'premiumIndex')) {
    if (!isRecord(row)) continue;
    const base = /^(.+?)(?:USDT|USD_PERP)$/.exec(textOf(row, 'symbol') ?? '')?.[1];
    const mark = positiveOf(row, 'markPrice');
    if (base === undefined || mark === null) continue;
    marks.set(base, mark);
    const { asset, multiplier } = splitMultiplier(base);
    if (asset !== base) perThousand.set(asset, mark.div(dec(multiplier)));
  }
  for (const [asset, mark] of perThousand) if (!marks.has(asset)) marks.set(asset, mark);
  return marks;
}
