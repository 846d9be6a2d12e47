import { type Kysely, type Selectable, sql } from 'kysely';
import { ok } from '../../domain/result.ts';
import { type AccountId, asAccountId, asRatio, asUsd } from '../../domain/units.ts';
import type { AccountHistory, AccountPoint } from '../../ports/account-history.ts';
import type { TimeRange } from '../../ports/store.ts';
import type { Database } from './database.ts';
import { portions } from './portions.ts';
import { decimalText, known, storedDecimal } from './stored-figure.ts';
import type { Tables } from './tables.ts';

const MINUTE_MS = 60_000;
const DAY = 1440;
const QUARTER = 15;
/** Ages in minutes from which on one point a quarter of an hour, and one a day, is enough. */
const QUARTERLY_AFTER = 2 * DAY;
const DAILY_AFTER = 30 * DAY;

export function accountPointTable(db: Database): AccountHistory {
  return {
    async append(points) {
      const written = await db.write((query) =>
        portions(points).map((portion) =>
          query
            .insertInto('account_point')
            .values(portion.map(rowOf))
            .onConflict((conflict) => conflict.columns(['account', 'minute']).doNothing()),
        ),
      );
      return written.ok ? ok(null) : written;
    },

    read(account, range) {
      return db.read(async (query) => {
        const rows = await pointsIn(query, account, range).execute();
        return rows.map(pointOf);
      });
    },

    opening(account, range) {
      return db.read(async (query) => {
        const row = await pointsIn(query, account, range).limit(1).executeTakeFirst();
        return row ? pointOf(row) : null;
      });
    },

    async forget(before) {
      const done = await db.write((query) => [
        query.deleteFrom('account_point').where('at', '<', before),
      ]);
      return done.ok ? ok(done.value[0] ?? 0) : done;
    },

    async thin(now) {
      const minute = minuteOf(now);
      const thinned = await db.write((query) => [
        superfluous(query, QUARTER).where('point.minute', '<', minute - QUARTERLY_AFTER),
        superfluous(query, DAY).where('point.minute', '<', minute - DAILY_AFTER),
      ]);
      return thinned.ok ? ok(thinned.value.reduce((sum, count) => sum + count, 0)) : thinned;
    },
  };
}

const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS);

function pointsIn(query: Kysely<Tables>, account: AccountId, { from, to }: TimeRange) {
  return (
    query
      .selectFrom('account_point')
      .selectAll()
      .where('account', '=', account)
      // The key finds the minutes; the instants cut the edges.
      .where('minute', '>=', minuteOf(from))
      .where('minute', '<=', minuteOf(to))
      .where('at', '>=', from)
      .where('at', '<', to)
      .orderBy('minute')
  );
}

/**
 * Points that have an earlier one in the same slot of that many minutes. Slots begin at 00:00 UTC. Asked
 * as "which is the first since the slot began": one look into the key each, on either database.
 */
function superfluous(query: Kysely<Tables>, slot: number) {
  const minute = sql.ref<number>('point.minute');
  return query.deleteFrom('account_point as point').where('point.minute', '>', ({ selectFrom }) =>
    selectFrom('account_point as first')
      .select(({ fn }) => fn.min('first.minute').as('minute'))
      .whereRef('first.account', '=', 'point.account')
      .where('first.minute', '>=', sql<number>`${minute} - ${minute} % ${sql.lit(slot)}`),
  );
}

function rowOf(point: AccountPoint) {
  return {
    account: point.account,
    minute: minuteOf(point.at),
    at: point.at,
    equity_usd: known(point.equityUsd, decimalText),
    initial_margin_usd: known(point.initialMarginUsd, decimalText),
    maintenance_margin_usd: known(point.maintenanceMarginUsd, decimalText),
    health_factor: known(point.healthFactor, decimalText),
  };
}

const usdOf = (text: string) => asUsd(storedDecimal(text));

function pointOf(row: Selectable<Tables['account_point']>): AccountPoint {
  return {
    account: asAccountId(row.account),
    at: row.at,
    equityUsd: known(row.equity_usd, usdOf),
    initialMarginUsd: known(row.initial_margin_usd, usdOf),
    maintenanceMarginUsd: known(row.maintenance_margin_usd, usdOf),
    healthFactor: known(row.health_factor, (text) => asRatio(storedDecimal(text))),
  };
}
