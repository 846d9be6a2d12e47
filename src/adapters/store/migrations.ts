import type { Migration } from 'kysely/migration';
import { actionTables } from './action-tables.ts';
import { firstTables } from './first-tables.ts';
import { forecastTail } from './forecast-tail.ts';
import type { TableForm } from './table-form.ts';

/** In order of their names, for ever: a released one is never renamed, edited or removed. */
export const migrations = (form: TableForm): Readonly<Record<string, Migration>> => ({
  '0001-first-tables': firstTables(form),
  '0002-forecast-tail': forecastTail,
  '0003-action-tables': actionTables(form),
});
