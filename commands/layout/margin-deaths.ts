import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import { ONE } from '../../src/domain/decimal.ts';
import type { Ratio } from '../../src/domain/units.ts';
import { asRatio } from '../../src/domain/units.ts';
import type { Cell, Note, Table } from '../../src/replies/reply.ts';
import { note, numbers, tableOf, words } from '../../src/replies/table-of.ts';
import type { AssetDeath } from '../../src/risk/cross/account-death.ts';
import { inReach } from '../../src/risk/cross/cross-liquidation.ts';
import type { TogetherDeath } from '../../src/risk/cross/together-death.ts';
import { BENCHMARK, togetherDeath } from '../../src/risk/cross/together-death.ts';
import type { JudgedAccount } from '../../src/risk/probability/judge-desk.ts';
import type { CandleSeries } from '../../src/risk/statistics/candle-series.ts';

/** Where an account dies: of one price alone, and of all together. */
export interface AccountDeaths {
  readonly account: JudgedAccount;
  readonly together: TogetherDeath | null;
}

export function deathsOf(account: JudgedAccount, series: readonly CandleSeries[]): AccountDeaths {
  return { account, together: togetherDeath(account.pools.pools, series) };
}

/** As `ask --json` shows it. */
export function deathData({ account, together }: AccountDeaths) {
  const { diesAt, missing } = account.pools;
  return {
    missing,
    ifOneMoves: diesAt.map(({ pool, asset, markPrice, below, above, isPast, ...death }) => {
      const { basis, missing: because } = death;
      return { pool, asset, markPrice, below, above, isPast, basis, missing: because };
    }),
    ifAllMove: together && {
      benchmark: BENCHMARK,
      fall: together.fall,
      rise: together.rise,
      isPast: together.isPast,
      betas: Object.fromEntries(together.betas),
      assumed: together.assumed,
      missing: together.missing,
    },
  };
}

interface Row {
  readonly name: string;
  readonly mark: Decimal | null;
  readonly below: Decimal | null;
  readonly above: Decimal | null;
  /** Moves of the price, signed. */
  readonly fall: Ratio | null;
  readonly rise: Ratio | null;
  readonly isPast: boolean;
}

/** Of one account; none where it has no cross position. A list of accounts has no room for it. */
export function deathTables(all: readonly AccountDeaths[], context: CommandContext): Table[] {
  const [only, ...others] = all;
  if (only === undefined || others.length > 0) return [];
  const rows = rowsOf(only, context);
  if (rows.length === 0) return [];
  const { say, format } = context;
  const price = (value: Decimal | null, rounding: 'up' | 'down') =>
    format.price(value, { tickSize: null, rounding });
  const move = (row: Row, ratio: Ratio | null, rounding: 'up' | 'down'): Cell => ({
    text: format.percent(ratio, rounding),
    severity: row.isPast ? 'emerg' : null,
  });
  return [
    tableOf<Row>({
      caption: say('deaths.caption'),
      empty: '',
      rows,
      // Rounded toward the mark: never farther than it is.
      columns: [
        words(say('column.moves'), 1, ({ name }) => name),
        numbers(say('column.mark'), 2, ({ mark }) => price(mark, 'down')),
        numbers(say('column.below'), 1, ({ below }) => price(below, 'up')),
        numbers(say('column.fall'), 1, (row) => move(row, row.fall, 'up')),
        numbers(say('column.above'), 1, ({ above }) => price(above, 'down')),
        numbers(say('column.rise'), 1, (row) => move(row, row.rise, 'down')),
      ],
    }),
  ];
}

function rowsOf({ account, together }: AccountDeaths, { say }: CommandContext): Row[] {
  const rows = account.pools.diesAt.filter(({ missing }) => missing === null).map(rowOf);
  // A fall of the one asset there is, once more, would say nothing new.
  if (together === null || together.missing !== null || together.betas.size < 2) return rows;
  const { fall, rise, isPast } = together;
  const name = say('deaths.together', { benchmark: BENCHMARK });
  return [...rows, { name, mark: null, below: null, above: null, fall, rise, isPast }];
}

function rowOf({ pool, asset, markPrice, below, above, factors, isPast }: AssetDeath): Row {
  const by = (factor: Decimal | null) => (factor === null ? null : asRatio(factor.minus(ONE)));
  const name = pool === null ? asset : `${asset} (${pool})`;
  const [down, up] = [inReach(factors.below), inReach(factors.above)];
  const prices = { below: down && below, above: up && above };
  return { name, mark: markPrice, ...prices, fall: by(down), rise: by(up), isPast };
}

/** What the table cannot say: what is past, what is not known, whose beta is made up. */
export function deathNotes(all: readonly AccountDeaths[], { say }: CommandContext): Note[] {
  const [only, ...others] = all;
  if (only === undefined || others.length > 0) return [];
  const { account, together } = only;
  const { diesAt, missing } = account.pools;
  const unknown = diesAt.flatMap(({ asset, missing: because }) =>
    because === null ? [] : [{ names: asset, because }],
  );
  const whole = missing === null ? [] : [{ names: account.account.account.id, because: missing }];
  const reasons = [...whole, ...unknown].map(({ names, because }) =>
    note(say('deaths.unknown', { names, reason: say(`estimate.missing.${because}`) })),
  );
  const isPast = diesAt.some((death) => death.isPast);
  const assumed = together?.assumed.join(', ') ?? '';
  const hasRow = together !== null && together.betas.size > 1 && together.missing === null;
  return [
    ...(isPast ? [note(say('deaths.past'), 'emerg')] : []),
    ...reasons,
    ...(hasRow && assumed !== '' ? [note(say('deaths.assumed', { assets: assumed }))] : []),
  ];
}
