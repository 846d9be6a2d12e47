import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { TableForm } from './table-form.ts';

/** Never edited once released: a change is a migration of its own. */
export const firstTables = ({ text, whole, end }: TableForm): Migration => ({
  async up(db) {
    await marketTables(db, { text, whole, end });
    await accountTables(db, { text, whole, end });
    await db.schema
      .createTable('var_forecast')
      .addColumn('book', text, (column) => column.notNull())
      .addColumn('method', text, (column) => column.notNull())
      .addColumn('day', whole, (column) => column.notNull())
      .addColumn('made_at', whole, (column) => column.notNull())
      .addColumn('var99_usd', text, (column) => column.notNull())
      .addColumn('es975_usd', text, (column) => column.notNull())
      .addColumn('var95_usd', text)
      .addColumn('exposures', text, (column) => column.notNull())
      .addColumn('outcome_pnl_usd', text)
      .addColumn('outcome_at', whole)
      .addPrimaryKeyConstraint('var_forecast_key', ['book', 'method', 'day'])
      .modifyEnd(end)
      .execute();
    await db.schema
      .createTable('fact')
      .addColumn('name', text, (column) => column.notNull().primaryKey())
      .addColumn('value', text, (column) => column.notNull())
      .modifyEnd(end)
      .execute();
  },
});

async function marketTables(db: Kysely<unknown>, { text, whole, end }: TableForm): Promise<void> {
  await db.schema
    .createTable('candle')
    .addColumn('venue', text, (column) => column.notNull())
    .addColumn('symbol', text, (column) => column.notNull())
    .addColumn('interval', text, (column) => column.notNull())
    .addColumn('open_time', whole, (column) => column.notNull())
    .addColumn('asset', text, (column) => column.notNull())
    .addColumn('open', text, (column) => column.notNull())
    .addColumn('high', text, (column) => column.notNull())
    .addColumn('low', text, (column) => column.notNull())
    .addColumn('close', text, (column) => column.notNull())
    .addColumn('source', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('candle_key', ['venue', 'symbol', 'interval', 'open_time'])
    .modifyEnd(end)
    .execute();
  await db.schema
    .createIndex('candle_by_asset')
    .on('candle')
    .columns(['asset', 'venue', 'symbol', 'interval', 'open_time'])
    .execute();
  await db.schema
    .createTable('funding_payment')
    .addColumn('venue', text, (column) => column.notNull())
    .addColumn('symbol', text, (column) => column.notNull())
    .addColumn('paid_at', whole, (column) => column.notNull())
    .addColumn('rate', text, (column) => column.notNull())
    .addColumn('interval_ms', whole)
    .addPrimaryKeyConstraint('funding_payment_key', ['venue', 'symbol', 'paid_at'])
    .modifyEnd(end)
    .execute();
}

async function accountTables(db: Kysely<unknown>, { text, whole, end }: TableForm): Promise<void> {
  await db.schema
    .createTable('account_point')
    .addColumn('account', text, (column) => column.notNull())
    .addColumn('minute', whole, (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('equity_usd', text)
    .addColumn('initial_margin_usd', text)
    .addColumn('maintenance_margin_usd', text)
    .addColumn('health_factor', text)
    .addPrimaryKeyConstraint('account_point_key', ['account', 'minute'])
    .modifyEnd(end)
    .execute();
  await db.schema
    .createTable('account_reading')
    .addColumn('account', text, (column) => column.notNull().primaryKey())
    .addColumn('read_at', whole, (column) => column.notNull())
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
}
