import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { START } from '../../actions/audit-chain.ts';
import type { TableForm } from './table-form.ts';

/** Actions with their audit, and what the alert desk keeps. */
export const actionTables = (form: TableForm): Migration => ({
  async up(db) {
    await actionTable(db, form);
    await auditTables(db, form);
    await alertTables(db, form);
  },
});

async function actionTable(db: Kysely<unknown>, { text, whole, end }: TableForm): Promise<void> {
  await db.schema
    .createTable('action')
    .addColumn('id', text, (column) => column.notNull().primaryKey())
    .addColumn('token_hash', text, (column) => column.notNull().unique())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('revision', whole, (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('account', text, (column) => column.notNull())
    .addColumn('requested_by', text, (column) => column.notNull())
    .addColumn('counted_usd', text)
    .addColumn('created_at', whole, (column) => column.notNull())
    .addColumn('updated_at', whole, (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await db.schema
    .createIndex('action_by_state')
    .on('action')
    .columns(['state', 'created_at'])
    .execute();
}

async function auditTables(db: Kysely<unknown>, { text, whole, end }: TableForm): Promise<void> {
  await db.schema
    .createTable('audit_line')
    .addColumn('sequence', whole, (column) => column.notNull().primaryKey())
    .addColumn('previous', text, (column) => column.notNull())
    .addColumn('entry', text, (column) => column.notNull())
    .addColumn('hash', text, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await db.schema
    .createTable('audit_head')
    .addColumn('sequence', whole, (column) => column.notNull())
    .addColumn('hash', text, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await sql`insert into audit_head (sequence, hash) values (0, ${sql.lit(START)})`.execute(db);
}

async function alertTables(db: Kysely<unknown>, { text, whole, end }: TableForm): Promise<void> {
  await db.schema
    .createTable('alert_lead')
    .addColumn('fence', whole, (column) => column.notNull())
    .addColumn('events', whole, (column) => column.notNull())
    .addColumn('boot', text, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await sql`insert into alert_lead (fence, boot, events) values (0, '', 0)`.execute(db);
  await db.schema
    .createTable('alert_row')
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('id', text, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('alert_row_key', ['kind', 'id'])
    .modifyEnd(end)
    .execute();
  await db.schema
    .createTable('alert_event')
    .addColumn('sequence', whole, (column) => column.notNull().primaryKey())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await db.schema.createIndex('alert_event_by_time').on('alert_event').columns(['at']).execute();
}
