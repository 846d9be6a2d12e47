import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { figure } from '../src/replies/table-of.ts';
import { gapNotes } from './layout/coverage.ts';
import { networkData, networkTable, troubleNotes } from './layout/network-table.ts';
import { protectionView } from './layout/protection-view.ts';
import { accountTable, ageOf, loopTable } from './layout/status-tables.ts';
import {
  placeData,
  placeTable,
  silentNotes,
  streamAge,
  streamData,
  streamTable,
} from './layout/stream-table.ts';

/** How old everything is that the desk depends on. */
export const status = defineCommand({
  name: 'status',
  access: 'read',
  options: [],
  async run(context) {
    const { say, format } = context;
    const snapshot = await context.snapshot();
    const guarded = await protectionView(context);
    const { accounts, takenAt } = snapshot;
    const known = context.status();
    const { version, startedAt, loops, networks, storeFault, streams = [], places = [] } = known;
    const loopAges = loops.map(({ name, lastAt }) => ({ name, ageMs: ageOf(lastAt, takenAt) }));
    const ages = accounts.map(({ account, status: state, positionsAt }) => ({
      account: account.id,
      status: state,
      dataAgeMs: ageOf(positionsAt, takenAt),
      streamAgeMs: streamAge(account.id, streams, takenAt),
    }));
    const fresh = {
      ok: accounts.filter((row) => row.status === 'ok').length,
      total: accounts.length,
    };
    const severity = fresh.ok === fresh.total ? 'ok' : 'warn';
    return ok({
      data: {
        accounts: ages,
        destinations: [...networks.map(networkData), ...places.map(placeData)],
        streams: streams.map((stream) => streamData(stream, takenAt)),
        loops: loopAges,
        version,
        ...guarded.data,
      },
      gaps: gapsOf(snapshot),
      reply: {
        title: say('status.title'),
        severity,
        figures: [
          figure(say('status.accounts'), say('status.accountsText', fresh), severity),
          figure(say('status.version'), version),
          figure(say('status.running'), format.age(ageOf(startedAt, takenAt))),
        ],
        tables: [
          accountTable(accounts, takenAt, context),
          ...(networks.length > 0 ? [networkTable(networks, takenAt, context)] : []),
          ...(streams.length > 0 ? [streamTable(streams, takenAt, context)] : []),
          ...(places.length > 0 ? [placeTable(places, takenAt, context)] : []),
          ...guarded.tables,
          loopTable(loopAges, context),
        ],
        paragraphs: [],
        notes: [
          ...guarded.notes,
          ...silentNotes(known.places, context),
          ...troubleNotes(networks, storeFault, context),
          ...gapNotes(snapshot, context),
        ],
        takenAt,
      },
    });
  },
});
