import { ok } from '../../domain/result.ts';
import type { CandleSource, CandleStore, StoredSeries } from '../../ports/candle-store.ts';
import type { Candle, CandleInterval } from '../../ports/market-data.ts';
import type { Database } from './database.ts';
import { lastByKey, portions } from './portions.ts';
import { numberText, storedNumber } from './stored-figure.ts';

export function candleTable(db: Database): CandleStore {
  return {
    async put(source, candles) {
      const written = await db.write((query) =>
        portions(lastByKey(candles, ({ openTime }) => openTime)).map((portion) =>
          query
            .insertInto('candle')
            .values(portion.map((candle) => rowOf(source, candle)))
            .onConflict((conflict) =>
              conflict.columns(['venue', 'symbol', 'interval', 'open_time']).doUpdateSet((row) => ({
                asset: row.ref('excluded.asset'),
                open: row.ref('excluded.open'),
                high: row.ref('excluded.high'),
                low: row.ref('excluded.low'),
                close: row.ref('excluded.close'),
                source: row.ref('excluded.source'),
              })),
            ),
        ),
      );
      return written.ok ? ok(null) : written;
    },

    read({ instrument, interval, from, to }) {
      return db.read(async (query) => {
        const rows = await query
          .selectFrom('candle')
          .select(['open_time', 'open', 'high', 'low', 'close'])
          .where('venue', '=', instrument.venue)
          .where('symbol', '=', instrument.symbol)
          .where('interval', '=', interval)
          .where('open_time', '>=', from)
          .where('open_time', '<', to)
          .orderBy('open_time')
          .execute();
        return rows.map(candleOf);
      });
    },

    series(asset) {
      return db.read(async (query) => {
        const rows = await query
          .selectFrom('candle')
          .select(['venue', 'symbol', 'interval'])
          .select(({ fn }) => [
            fn.min('open_time').as('first'),
            fn.max('open_time').as('last'),
            fn.countAll<number>().as('candles'),
          ])
          .where('asset', '=', asset)
          .groupBy(['venue', 'symbol', 'interval'])
          .orderBy('venue')
          .orderBy('symbol')
          .orderBy('interval')
          .execute();
        return rows.map(
          (row): StoredSeries => ({ ...row, asset, interval: row.interval as CandleInterval }),
        );
      });
    },
  };
}

function rowOf({ venue, symbol, interval, asset, source }: CandleSource, candle: Candle) {
  return {
    venue,
    symbol,
    interval,
    open_time: candle.openTime,
    asset,
    open: numberText(candle.open),
    high: numberText(candle.high),
    low: numberText(candle.low),
    close: numberText(candle.close),
    source,
  };
}

interface CandleRow {
  readonly open_time: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
}

function candleOf({ open_time, open, high, low, close }: CandleRow): Candle {
  return {
    openTime: open_time,
    open: storedNumber(open),
    high: storedNumber(high),
    low: storedNumber(low),
    close: storedNumber(close),
  };
}
