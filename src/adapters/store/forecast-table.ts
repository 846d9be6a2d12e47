import type { Selectable } from 'kysely';
import { ok } from '../../domain/result.ts';
import type { Forecast, ForecastStore, ScoredForecast } from '../../ports/forecast-store.ts';
import type { Database } from './database.ts';
import { known, numberText, storedNumber } from './stored-figure.ts';
import type { Tables } from './tables.ts';

export function forecastTable(db: Database): ForecastStore {
  return {
    async put(forecast) {
      const written = await db.write((query) => [
        query
          .insertInto('var_forecast')
          .values(rowOf(forecast))
          .onConflict((conflict) => conflict.columns(['book', 'method', 'day']).doNothing()),
      ]);
      return written.ok ? ok(written.value[0] === 1) : written;
    },

    async settle({ book, method, day }, { pnlUsd, recordedAt }) {
      const written = await db.write((query) => [
        query
          .updateTable('var_forecast')
          .set({ outcome_pnl_usd: numberText(pnlUsd), outcome_at: recordedAt })
          .where('book', '=', book)
          .where('method', '=', method)
          .where('day', '=', day)
          .where('outcome_at', 'is', null),
      ]);
      return written.ok ? ok(written.value[0] === 1) : written;
    },

    read({ book, method }, { from, to }) {
      return db.read(async (query) => {
        const rows = await query
          .selectFrom('var_forecast')
          .selectAll()
          .where('book', '=', book)
          .where('method', '=', method)
          .where('day', '>=', from)
          .where('day', '<', to)
          .orderBy('day')
          .execute();
        return rows.map(forecastOf);
      });
    },
  };
}

function rowOf(forecast: Forecast) {
  const exposures = forecast.exposures.map(({ asset, usd }) => ({ asset, usd: numberText(usd) }));
  return {
    book: forecast.book,
    method: forecast.method,
    day: forecast.day,
    made_at: forecast.madeAt,
    var99_usd: numberText(forecast.var99Usd),
    es975_usd: numberText(forecast.es975Usd),
    var95_usd: known(forecast.var95Usd, numberText),
    var975_usd: known(forecast.var975Usd, numberText),
    exposures: JSON.stringify(exposures),
    outcome_pnl_usd: null,
    outcome_at: null,
  };
}

function forecastOf(row: Selectable<Tables['var_forecast']>): ScoredForecast {
  const { outcome_pnl_usd: pnl, outcome_at: recordedAt } = row;
  return {
    book: row.book,
    method: row.method,
    day: row.day,
    madeAt: row.made_at,
    var99Usd: storedNumber(row.var99_usd),
    es975Usd: storedNumber(row.es975_usd),
    var95Usd: known(row.var95_usd, storedNumber),
    var975Usd: known(row.var975_usd, storedNumber),
    exposures: exposuresOf(row.exposures),
    outcome: pnl === null || recordedAt === null ? null : { pnlUsd: storedNumber(pnl), recordedAt },
  };
}

function exposuresOf(text: string): Forecast['exposures'] {
  const rows = JSON.parse(text) as readonly { readonly asset: string; readonly usd: string }[];
  return rows.map(({ asset, usd }) => ({ asset, usd: storedNumber(usd) }));
}
