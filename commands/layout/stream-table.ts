import type { CommandContext, DeskStatus } from '../../src/app/command.ts';
import type { Note, Severity, Table } from '../../src/replies/reply.ts';
import { note, numbers, tableOf, words } from '../../src/replies/table-of.ts';
import { ageOf } from './status-tables.ts';

type Stream = NonNullable<DeskStatus['streams']>[number];
type Place = NonNullable<DeskStatus['places']>[number];

const STREAMS: Readonly<Record<Stream['state'], Severity>> = {
  connected: 'ok',
  connecting: 'warn',
  unsupported: 'ok',
  closed: 'warn',
};

const PLACES: Readonly<Record<Place['state'], Severity>> = {
  ok: 'ok',
  unused: 'ok',
  blocked: 'warn',
  broken: 'crit',
};

/** Since its own stream last said anything; null: it has none, or it never did. */
export function streamAge(account: string, streams: readonly Stream[], now: number) {
  const own = streams.find((stream) => stream.account === account);
  return ageOf(own?.heardAt ?? null, now);
}

export function streamData({ name, state, heardAt }: Stream, now: number) {
  return { name, state, ageMs: ageOf(heardAt, now) };
}

export function placeData({ id, state, lastSuccessAt, queued }: Place) {
  const at = lastSuccessAt === null ? null : new Date(lastSuccessAt).toISOString();
  return { id, state, lastSuccessAt: at, queued };
}

export function streamTable(
  rows: readonly Stream[],
  now: number,
  { say, format }: CommandContext,
): Table {
  return tableOf<Stream>({
    caption: say('status.streamTable'),
    empty: say('status.noStreams'),
    rows,
    columns: [
      words(say('status.stream'), 1, ({ name }) => name),
      numbers(say('column.age'), 1, ({ heardAt }) => format.shortAge(ageOf(heardAt, now))),
      words(say('column.state'), 1, ({ state }) => ({
        text: say(`status.stream.${state}`),
        severity: STREAMS[state],
      })),
    ],
  });
}

export function placeTable(
  rows: readonly Place[],
  now: number,
  { say, format }: CommandContext,
): Table {
  return tableOf<Place>({
    caption: say('status.placeTable'),
    empty: say('status.noPlaces'),
    rows,
    columns: [
      words(say('status.place'), 1, ({ id }) => id),
      numbers(say('status.lastSuccess'), 2, ({ lastSuccessAt }) =>
        format.shortAge(ageOf(lastSuccessAt, now)),
      ),
      numbers(say('status.queued'), 3, ({ queued }) => String(queued)),
      words(say('column.state'), 1, ({ state }) => ({
        text: say(`status.place.${state}`),
        severity: PLACES[state],
      })),
    ],
  });
}

/** A desk that keeps alerts for itself says so wherever its health is asked for. */
export function silentNotes(
  places: readonly Place[] | undefined,
  { say, isDemo }: CommandContext,
): Note[] {
  const isSilent = !isDemo && places?.every(({ id }) => id === 'terminal') === true;
  return isSilent ? [note(say('status.nobodyIsTold'), 'warn')] : [];
}
