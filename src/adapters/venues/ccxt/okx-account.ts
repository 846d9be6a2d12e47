import type { AccountMargin, CollateralBalance } from '../../../domain/account.ts';
import {
  type Decimal,
  ONE,
  parseDecimal,
  ratioOf,
  sumKnown,
  ZERO,
} from '../../../domain/decimal.ts';
import { isDollar } from '../../../domain/money.ts';
import type { VenueRatio } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asRatio, asUsd, type Usd } from '../../../domain/units.ts';
import { okxRatio } from './okx-position.ts';
import { garbledOf, isRecord, positiveOf, type RawRecord, textOf, timeOf } from './raw-record.ts';

export interface OkxMarginContext {
  /** Rows of `account/positions`; null when they could not be read. */
  readonly positions: readonly unknown[] | null;
  readonly observedAt: number;
}

const TOTALS = ['availEq', 'imr', 'mmr', 'mgnRatio', 'ordFroz', 'isoEq'];
const FIGURES = ['eqUsd', 'availEq', 'availBal', 'imr', 'mmr', 'mgnRatio', 'ordFrozen'];

/**
 * `account/balance`. The account's `imr`, `mmr` and `mgnRatio` cover cross margin only and are empty in
 * spot and futures mode, where every currency is a pool of its own: there the currencies are added up.
 * Isolated positions are added in every mode (OKX v5, Get balance, read 2026-11-25).
 */
export function parseOkxAccount(
  balance: unknown,
  context: OkxMarginContext,
): Result<AccountMargin, string> {
  if (!isRecord(balance)) return err('balance');
  const equity = parseDecimal(balance['totalEq']);
  if (equity === null) return err('totalEq');
  const rows: unknown = balance['details'];
  if (!Array.isArray(rows) || !rows.every(isRecord)) return err('details');
  const details: readonly RawRecord[] = rows;
  const garbled = [garbledOf(balance, TOTALS), ...details.map((d) => garbledOf(d, FIGURES))].find(
    (field) => field !== null,
  );
  if (garbled) return err(garbled);
  const collateral = collateralOf(details);
  if (!collateral.ok) return collateral;
  const pool = { balance, details, positions: context.positions?.filter(isRecord) ?? null };
  return ok({
    equityUsd: asUsd(equity),
    availableUsd: usd(
      parseDecimal(balance['availEq']) ??
        sumKnown(details.map((d) => inUsd(firstOf(d, ['availEq', 'availBal']), priceOf(d)))),
    ),
    initialMarginUsd: usd(requirement(pool, 'imr')),
    orderMarginUsd: usd(
      parseDecimal(balance['ordFroz']) ??
        sumKnown(details.map((d) => inUsd(parseDecimal(d['ordFrozen']), priceOf(d)))),
    ),
    maintenanceMarginUsd: usd(requirement(pool, 'mmr')),
    venueRatio: okxRatio(balance['mgnRatio']) ?? worstRatio(details),
    venueStatus: null,
    // Adjusted equity and the account's own requirement exist only where currencies share margin.
    pooling: (parseDecimal(balance['mmr']) ?? parseDecimal(balance['adjEq'])) ? 'account' : 'coin',
    collateral: collateral.value,
    observedAt: context.observedAt,
    venueUpdatedAt: timeOf(balance, 'uTime'),
  });
}

interface Pool {
  readonly balance: RawRecord;
  readonly details: readonly RawRecord[];
  readonly positions: readonly RawRecord[] | null;
}

type Requirement = 'imr' | 'mmr';

function requirement(pool: Pool, field: Requirement): Decimal | null {
  const cross =
    parseDecimal(pool.balance[field]) ??
    sumKnown(pool.details.map((detail) => currencyRequirement(pool, detail, field)));
  return sumKnown([cross, isolatedRequirement(pool, field)]);
}

/** A currency's figure is empty while nothing is open across it; then only its orders bind margin. */
function currencyRequirement(pool: Pool, detail: RawRecord, field: Requirement): Decimal | null {
  const figure = parseDecimal(detail[field]);
  if (figure !== null) return inUsd(figure, priceOf(detail));
  if (pool.positions === null) return null;
  const isUsed = pool.positions.some(
    (row) => row['mgnMode'] === 'cross' && row['ccy'] === detail['ccy'] && !isFlat(row),
  );
  if (isUsed) return null;
  return field === 'mmr' ? ZERO : inUsd(parseDecimal(detail['ordFrozen']), priceOf(detail));
}

function isolatedRequirement(pool: Pool, field: Requirement): Decimal | null {
  if (parseDecimal(pool.balance['isoEq'])?.isZero()) return ZERO;
  if (pool.positions === null) return null;
  const isolated = pool.positions.filter((row) => row['mgnMode'] === 'isolated' && !isFlat(row));
  return sumKnown(
    isolated.map((row) => {
      const currency = textOf(row, 'ccy');
      const held = pool.details.find((detail) => detail['ccy'] === currency);
      const price =
        currency !== null && isDollar(currency)
          ? ONE
          : (positiveOf(row, 'usdPx') ?? (held ? priceOf(held) : null));
      return inUsd(parseDecimal(row[field === 'imr' ? 'margin' : 'mmr']), price);
    }),
  );
}

function collateralOf(details: readonly RawRecord[]): Result<CollateralBalance[], string> {
  const balances: CollateralBalance[] = [];
  for (const detail of details) {
    const asset = textOf(detail, 'ccy');
    const quantity = parseDecimal(detail['eq']);
    if (asset === null) return err('ccy');
    if (quantity === null) return err('eq');
    if (quantity.isZero()) continue;
    balances.push({
      asset,
      quantity,
      venueUsd: usd(parseDecimal(detail['eqUsd'])),
      brackets: haircutOf(detail),
    });
  }
  return ok(balances);
}

/** The discount this holding gets on average (`disEq` ÷ `eqUsd`): its own brackets are not told here. */
function haircutOf(detail: RawRecord): CollateralBalance['brackets'] {
  const rate = ratioOf(parseDecimal(detail['disEq']), parseDecimal(detail['eqUsd']));
  return rate?.gte(0) ? [{ floor: ZERO, rate: asRatio(rate) }] : null;
}

/** OKX tells no prices here, but the value of what is held: dollars per coin, dollar coins at par. */
function priceOf(detail: RawRecord): Decimal | null {
  if (isDollar(textOf(detail, 'ccy') ?? '')) return ONE;
  return ratioOf(parseDecimal(detail['eqUsd']), parseDecimal(detail['eq']));
}

function inUsd(amount: Decimal | null, price: Decimal | null): Decimal | null {
  if (amount === null || amount.isZero()) return amount;
  return price === null ? null : amount.times(price);
}

/** Where every currency is a pool of its own, the account is as near to liquidation as the worst. */
function worstRatio(details: readonly RawRecord[]): VenueRatio | null {
  const ratios = details.flatMap((detail) => okxRatio(detail['mgnRatio']) ?? []);
  return ratios.reduce<VenueRatio | null>(
    (worst, ratio) => (worst === null || ratio.value.lt(worst.value) ? ratio : worst),
    null,
  );
}

function firstOf(record: RawRecord, fields: readonly string[]): Decimal | null {
  for (const field of fields) {
    const value = parseDecimal(record[field]);
    if (value !== null) return value;
  }
  return null;
}

function isFlat(row: RawRecord): boolean {
  return parseDecimal(row['pos'])?.isZero() === true;
}

function usd(value: Decimal | null): Usd | null {
  return value === null ? null : asUsd(value);
}
