import { ok } from '../../domain/result.ts';
import { asRatio } from '../../domain/units.ts';
import type { FundingStore } from '../../ports/funding-store.ts';
import type { Database } from './database.ts';
import { lastByKey, portions } from './portions.ts';
import { decimalText, storedDecimal } from './stored-figure.ts';

export function fundingTable(db: Database): FundingStore {
  return {
    async put({ venue, symbol }, payments) {
      const written = await db.write((query) =>
        portions(lastByKey(payments, ({ paidAt }) => paidAt)).map((portion) =>
          query
            .insertInto('funding_payment')
            .values(
              portion.map(({ paidAt, rate, intervalMs }) => ({
                venue,
                symbol,
                paid_at: paidAt,
                rate: decimalText(rate),
                interval_ms: intervalMs,
              })),
            )
            .onConflict((conflict) =>
              conflict.columns(['venue', 'symbol', 'paid_at']).doUpdateSet((row) => ({
                rate: row.ref('excluded.rate'),
                interval_ms: row.ref('excluded.interval_ms'),
              })),
            ),
        ),
      );
      return written.ok ? ok(null) : written;
    },

    read({ venue, symbol }, { from, to }) {
      return db.read(async (query) => {
        const rows = await query
          .selectFrom('funding_payment')
          .select(['paid_at', 'rate', 'interval_ms'])
          .where('venue', '=', venue)
          .where('symbol', '=', symbol)
          .where('paid_at', '>=', from)
          .where('paid_at', '<', to)
          .orderBy('paid_at')
          .execute();
        return rows.map(({ paid_at, rate, interval_ms }) => ({
          paidAt: paid_at,
          rate: asRatio(storedDecimal(rate)),
          intervalMs: interval_ms,
        }));
      });
    },
  };
}
