import { defineCommand } from '../src/app/command.ts';
import { err, ok } from '../src/domain/result.ts';
import { figure } from '../src/replies/table-of.ts';
import { alertRows, alertTable, rowData, silenceTable } from './layout/alert-table.ts';
import { drillAnswer } from './layout/drill-answer.ts';

/** What fires now, and who has it in hand; `test` sends a drill to one destination. Reads no venue. */
export const alerts = defineCommand({
  name: 'alerts',
  access: 'read',
  options: [
    { name: 'test', type: 'word' },
    { name: 'destination', type: 'destination' },
  ],
  run(context, options) {
    const { alerts: desk, say, now } = context;
    if (!desk) return Promise.resolve(err({ text: say('alerts.off') }));
    if (options['test'] !== undefined) return drillAnswer(options, desk, context);
    const rows = alertRows(desk, now);
    const silences = desk.silences();
    return Promise.resolve(
      ok({
        data: { alerts: rows.map((row) => rowData(row, context)) },
        gaps: [],
        reply: {
          title: say('alerts.title'),
          severity: rows[0]?.severity ?? 'ok',
          figures: [figure(say('alerts.fires'), String(rows.length))],
          tables: [
            alertTable(rows, context),
            ...(silences.length > 0 ? [silenceTable(silences, context)] : []),
          ],
          paragraphs: [],
          notes: [],
          takenAt: now,
        },
      }),
    );
  },
});
