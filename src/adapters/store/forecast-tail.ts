import type { Migration } from 'kysely/migration';

/** Where the tail of the expected shortfall begins, without which it cannot be scored. */
export const forecastTail: Migration = {
  async up(db) {
    await db.schema.alterTable('var_forecast').addColumn('var975_usd', 'text').execute();
  },
};
