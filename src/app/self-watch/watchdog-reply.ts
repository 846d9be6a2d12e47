import type { SelfReport } from '../../ports/self-report.ts';
import type { Reply } from '../../replies/reply.ts';
import { figure, note } from '../../replies/table-of.ts';
import type { AlertVoice } from '../alerts/alert-words.ts';

/** That somebody is watching, and how well: the message that stands in each chat. */
export function watchdogReply(
  report: Pick<SelfReport, 'accounts' | 'ailments' | 'firing' | 'queues' | 'now'>,
  of: { readonly deskName: string; readonly staleAfterMs: number },
  { say, format }: AlertVoice,
): Reply {
  const { accounts, ailments, firing, queues, now } = report;
  const ages = accounts.map(({ readAt }) => (readAt === null ? null : now - readAt));
  const fresh = ages.filter((age) => age !== null && age < of.staleAfterMs).length;
  const known = ages.filter((age) => age !== null);
  const oldest = known.length < ages.length ? '–' : format.age(Math.max(0, ...known));
  const sum = (numbers: readonly number[]) => String(numbers.reduce((a, b) => a + b, 0));
  const isWell = ailments.length === 0;
  const desk = of.deskName;
  return {
    title: isWell ? say('watchdog.title', { desk }) : say('watchdog.titleIll', { desk }),
    severity: isWell ? 'ok' : 'crit',
    figures: [
      figure(say('watchdog.accounts'), `${fresh}/${ages.length}`),
      figure(say('watchdog.oldest'), oldest),
      figure(say('watchdog.queue'), sum(queues.map(({ queued }) => queued))),
      figure(say('watchdog.firing'), sum(firing.map(({ count }) => count))),
    ],
    tables: [],
    paragraphs: [],
    notes: [
      ...ailments.map((reason) => note(say('watchdog.ailment', { reason }), 'crit')),
      note(say('watchdog.note')),
    ],
    takenAt: now,
  };
}
