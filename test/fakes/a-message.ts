import type { DestinationMessage } from '../../src/ports/destination.ts';
import { createFormatter } from '../../src/replies/format.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { createTranslate } from '../../src/replies/translate.ts';

const voiceOf = (locale: 'en' | 'zh-CN') => ({
  say: createTranslate(locale),
  format: createFormatter(locale, 'UTC'),
});
export const voices = { en: voiceOf('en'), 'zh-CN': voiceOf('zh-CN') };

/** An alert on its way to a destination. */
export function aMessage(
  of: {
    readonly key?: string;
    readonly reply?: Partial<Reply>;
    readonly record?: Partial<DestinationMessage['record']>;
    readonly edits?: string | null;
    readonly isSilent?: boolean;
    readonly locale?: 'en' | 'zh-CN';
  } = {},
): DestinationMessage {
  return {
    key: of.key ?? 'k4tz 1700000000000 pager send 1',
    view: {
      reply: {
        title: 'Critical: quant-a · margin usage',
        severity: 'crit',
        figures: [{ label: 'Now', text: '72.0%', severity: 'crit' }],
        tables: [],
        paragraphs: ['Next: /margin quant-a'],
        notes: [{ text: 'Got worse.', severity: null }],
        takenAt: 1_700_000_000_000,
        ...of.reply,
      },
      locale: of.locale ?? 'en',
      picture: null,
      buttons: [],
    },
    edits: of.edits ?? null,
    repliesTo: null,
    isSilent: of.isSilent ?? false,
    chat: null,
    record: {
      incident: 'k4tz',
      state: 'firing',
      reason: 'FIRST',
      level: 'CRIT',
      openedAt: 1_700_000_000_000,
      closedAt: null,
      ackedBy: null,
      isPossibleRepeat: false,
      isDrill: false,
      members: [
        {
          rule: 'marginUsage',
          subject: { kind: 'account', venue: 'bybit', account: 'quant-a' },
          level: 'CRIT',
          value: '0.72',
          threshold: '0.7',
          since: 1_700_000_000_000,
          dataAgeMs: 1000,
          endedAt: null,
        },
      ],
      ...of.record,
    },
  };
}
