import type { CrossFault } from './check-desk.ts';
import type { DeskFile } from './desk-schema.ts';

/** What the desk watches itself by, and its ways out besides the chats. */
export interface SelfWatchSettings {
  /** The mail server with user and password in its address; null: no mail. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  /** An outside check that raises the alarm when it stops hearing from us. */
  readonly watchdog: { readonly url: string; readonly everyMs: number } | null;
  /** Where /healthz and /metrics answer; null: nowhere. */
  readonly listen: { readonly hostname: string; readonly port: number } | null;
  /** Minute of the day, in the desk's time zone, of the daily drill; null: none. */
  readonly drillMinute: number | null;
  /** Minute of the day of the daily report, and where it goes; null: none. */
  readonly dailyReport: { readonly minute: number; readonly to: readonly string[] } | null;
}

const NINE = 9 * 60;

export const NO_SELF_WATCH: SelfWatchSettings = {
  smtp: null,
  watchdog: null,
  listen: null,
  drillMinute: null,
  dailyReport: null,
};

export function selfWatchSettings(desk: DeskFile): SelfWatchSettings {
  const { smtp, watchdog, http, drill, report } = desk;
  return {
    smtp: smtp ?? null,
    watchdog: watchdog ? { url: watchdog.url, everyMs: watchdog.every } : null,
    listen: http ? listenOf(http.listen) : null,
    drillMinute: drill === 'off' ? null : (minuteOf(drill) ?? NINE),
    dailyReport: report ? { minute: minuteOf(report.at) ?? NINE, to: report.to } : null,
  };
}

const WAYS = ['discord', 'telegram', 'webhook', 'email', 'wecom'] as const;

/** What a destination needs and does not have. */
export function destinationFaults({ destinations, smtp, http, report }: DeskFile): CrossFault[] {
  const ways = destinations.flatMap((entry, index) => {
    const named = WAYS.filter((way) => entry[way] !== undefined);
    const path = ['destinations', index];
    if (named.length !== 1)
      return [{ path, message: `expected exactly one of ${WAYS.join(', ')}` }];
    const lacksServer = entry.email !== undefined && smtp === undefined;
    return lacksServer
      ? [
          {
            path: [...path, 'email'],
            message: 'needs the smtp section: the address of a mail server',
          },
        ]
      : [];
  });
  const isOdd = http !== undefined && listenOf(http.listen) === null;
  const listen = {
    path: ['http', 'listen'],
    message: 'expected an address such as 127.0.0.1:8787',
  };
  const ids = destinations.map(({ id }) => id);
  const nowhere = (report?.to ?? []).flatMap((id, index) =>
    ids.includes(id)
      ? []
      : [{ path: ['report', 'to', index], message: `names "${id}", which is no destination` }],
  );
  return [...ways, ...nowhere, ...(isOdd ? [listen] : [])];
}

function listenOf(text: string): SelfWatchSettings['listen'] {
  const match = /^(\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  const hostname = match?.[1]?.replace(/^\[|\]$/g, '');
  return hostname !== undefined && port <= 65_535 ? { hostname, port } : null;
}

function minuteOf(text: string | undefined): number | null {
  const match = /^(\d\d):(\d\d)$/.exec(text ?? '');
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}
