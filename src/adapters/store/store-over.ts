import type { Store } from '../../ports/store.ts';
import { accountPointTable } from './account-point-table.ts';
import { actionTable } from './action-table.ts';
import { alertTable } from './alert-table.ts';
import { candleTable } from './candle-table.ts';
import type { Database } from './database.ts';
import { factTable } from './fact-table.ts';
import { forecastTable } from './forecast-table.ts';
import { fundingTable } from './funding-table.ts';
import { readingTable } from './reading-table.ts';

/** Every repository over one database. */
export function storeOver(db: Database, life: Pick<Store, 'fault' | 'close'>): Store {
  let closing: Promise<void> | null = null;
  return {
    candles: candleTable(db),
    funding: fundingTable(db),
    history: accountPointTable(db),
    forecasts: forecastTable(db),
    readings: readingTable(db),
    facts: factTable(db),
    actions: actionTable(db),
    alerts: alertTable(db),
    fault: life.fault,
    close() {
      closing ??= life.close();
      return closing;
    },
  };
}
