import type { AuditLine } from '../src/actions/audit-chain.ts';
import { defineCommand } from '../src/app/command.ts';
import { err, ok } from '../src/domain/result.ts';
import { numbers, tableOf, words } from '../src/replies/table-of.ts';
import { refusalText } from './layout/action-refusal-text.ts';

const USUAL = 20;
const MOST = 200;

/** Who did what, and what the venue said; the newest first. */
export const audit = defineCommand({
  name: 'audit',
  access: 'admin',
  options: [{ name: 'n', type: 'count' }],
  async run(context, options) {
    const { say, format } = context;
    const typed = options['n'] ?? String(USUAL);
    const count = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
    if (count < 1 || count > MOST)
      return err({ text: say('audit.badCount', { typed, most: MOST }) });
    const lines = await context.actions.audit(count);
    if (!lines.ok) return err({ text: refusalText(lines.error, context) });
    return ok({
      data: { lines: lines.value.map(lineData) },
      gaps: [],
      reply: {
        title: say('audit.title'),
        severity: null,
        figures: [],
        tables: [
          tableOf<AuditLine>({
            caption: null,
            empty: say('audit.empty'),
            rows: lines.value,
            columns: [
              words(say('audit.at'), 1, ({ entry }) => format.time(Number(entry['at']))),
              words(say('audit.actor'), 1, (line) => wordIn(line, 'actor') || say('audit.desk')),
              words(say('audit.what'), 1, (line) => wordIn(line, 'what')),
              words(say('audit.action'), 2, (line) => wordIn(line, 'kind')),
              words(say('column.account'), 2, (line) => wordIn(line, 'account')),
              words(say('column.state'), 3, (line) => wordIn(line, 'state')),
              numbers('#', 4, ({ sequence }) => String(sequence)),
            ],
          }),
        ],
        paragraphs: [],
        notes: [],
        takenAt: null,
      },
    });
  },
});

function lineData({ sequence, entry, hash }: AuditLine) {
  const { at, ...rest } = entry;
  return { sequence, at: new Date(Number(at)).toISOString(), ...rest, hash };
}

function wordIn({ entry }: AuditLine, key: string): string {
  const value = entry[key];
  return typeof value === 'string' ? value : '';
}
