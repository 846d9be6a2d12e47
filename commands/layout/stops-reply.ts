import type { StopsLook } from '../../src/app/actions/look-at-stops.ts';
import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import { ONE } from '../../src/domain/decimal.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import { gapNotes, severityOf } from './coverage.ts';
import { priceOf } from './price-of.ts';

interface StopRow {
  readonly id: string;
  readonly kind: 'takeProfit' | 'stopLoss' | 'trailing';
  /** Of a trailing stop: null, it moves. */
  readonly triggerPrice: Decimal | null;
  readonly share: Decimal;
  /** How far behind; null: it does not trail. */
  readonly distance: Decimal | null;
}

/** Every trigger; where only the position itself could be read, its full-size ones. */
export function stopsData({ position, stops }: StopsLook): (StopRow & { source: string })[] {
  if (stops === null) {
    const own = (['takeProfit', 'stopLoss'] as const).flatMap((kind) => {
      const triggerPrice = priceOf(position[kind]);
      return triggerPrice === null ? [] : [{ kind, triggerPrice, share: ONE, distance: null }];
    });
    return own.map((row, place) => ({
      ...row,
      id: `${row.kind}-${place + 1}`,
      source: 'position',
    }));
  }
  const rungs = (['takeProfit', 'stopLoss'] as const).flatMap((kind) =>
    stops[kind].map(({ price, share }, place) => ({
      ...{ id: `${kind}-${place + 1}`, kind, triggerPrice: price, share },
      ...{ distance: null, source: 'venue' },
    })),
  );
  const { trailing } = stops;
  if (trailing === null) return rungs;
  const row = { id: 'trailing-1', kind: 'trailing', triggerPrice: null, share: ONE } as const;
  return [...rungs, { ...row, distance: trailing, source: 'venue' }];
}

export function stopsReply(look: StopsLook, snapshot: Snapshot, context: CommandContext): Reply {
  const { say, format } = context;
  const { handle, position } = look;
  const { instrument, side, account } = position;
  const leg = say('act.leg', {
    asset: instrument.asset,
    side: say(`side.${side}`),
    handle,
    account,
  });
  const price = (value: Decimal | null) =>
    format.price(value, { tickSize: instrument.tickSize, rounding: 'nearest' });
  return {
    title: say('stops.title', { leg }),
    severity: severityOf(snapshot, []),
    figures: [{ label: say('column.mark'), text: price(position.markPrice), severity: null }],
    tables: [
      tableOf<StopRow>({
        caption: null,
        empty: look.stops === null ? '–' : say('stops.none'),
        rows: stopsData(look),
        columns: [
          words(say('stops.kind'), 1, ({ kind }) => say(`stops.${kind}`)),
          numbers(say('stops.trigger'), 1, ({ triggerPrice, distance }) =>
            distance === null ? price(triggerPrice) : format.percent(distance, 'nearest'),
          ),
          numbers(say('stops.share'), 2, ({ share }) => format.percent(share, 'nearest')),
        ],
      }),
    ],
    paragraphs: [],
    notes: gapNotes(snapshot, context),
    takenAt: snapshot.takenAt,
  };
}
