import type { Formatter } from '../../replies/format.ts';
import type { Reply, Severity } from '../../replies/reply.ts';
import { note, numbers, tableOf, words } from '../../replies/table-of.ts';
import type { Translate } from '../../replies/translate.ts';
import type { Scenario } from '../../risk/stress/scenario.ts';
import { plannedText } from '../protection/plan-reply.ts';
import { type AccountTimeline, isMissed, leadOf } from './drill-log.ts';

interface Voice {
  readonly say: Translate;
  readonly format: Formatter;
}

/** What a drill has shown: who was warned when, and what would have happened without anybody. */
export function drillReply(
  { id, proxies }: Scenario,
  { rows, reminders }: { readonly rows: readonly AccountTimeline[]; readonly reminders: number },
  voice: Voice,
): Reply {
  const { say, format } = voice;
  const missed = rows.filter(isMissed);
  const at = (value: number | null) => (value === null ? '–' : format.time(value));
  return {
    title: say('crash.marked', { title: say('crash.over', { crash: id }) }),
    severity: missed.length > 0 ? 'emerg' : 'ok',
    figures: [],
    tables: [
      tableOf<AccountTimeline>({
        caption: say('crash.timeline'),
        empty: '',
        rows,
        columns: [
          words(say('column.account'), 1, ({ account }) => account),
          words(say('crash.line'), 2, ({ overAt }) => at(overAt)),
          words(say('crash.message'), 2, ({ toldAt }) => at(toldAt)),
          words(say('crash.critical'), 1, ({ criticalAt }) => at(criticalAt)),
          words(say('crash.acked'), 4, ({ ackedAt }) => at(ackedAt)),
          words(say('crash.liquidated'), 1, (row) => ({
            text: at(row.liquidatedAt),
            severity: row.liquidatedAt === null ? null : severityOf(row),
          })),
          numbers(say('crash.lead'), 1, (row) => format.shortAge(leadOf(row))),
        ],
      }),
    ],
    paragraphs: rows.flatMap((row) => planLine(row, voice)),
    notes: [
      note(say('crash.rebuilt')),
      ...(reminders > 0 ? [note(say('crash.reminders', { count: reminders }))] : []),
      ...(proxies.length > 0 ? [note(say('crash.proxies', { assets: proxies.join(', ') }))] : []),
      ...missed.map(({ account }) => note(say('crash.missed', { account }), 'emerg')),
    ],
    takenAt: null,
  };
}

function severityOf(row: AccountTimeline): Severity {
  return isMissed(row) ? 'emerg' : 'warn';
}

function planLine({ account, plan }: AccountTimeline, voice: Voice): string[] {
  if (plan === null) return [];
  const { say, format } = voice;
  const what = plannedText(plan.act, voice);
  const facts = { plan: plan.plan, account, time: format.time(plan.at), what };
  return [say(plan.outcome.kind === 'would' ? 'crash.plan.would' : 'crash.plan.did', facts)];
}
