import type { CommandContext } from '../../src/app/command.ts';
import type { Figure, Note, Severity, Table } from '../../src/replies/reply.ts';
import { figure, note, numbers, tableOf, words } from '../../src/replies/table-of.ts';
import type { Prevention } from '../../src/risk/stress/preventing-transfers.ts';
import { preventingTransfers } from '../../src/risk/stress/preventing-transfers.ts';
import { scenarioBrief } from '../../src/risk/stress/scenario-data.ts';
import { stressDesk } from '../../src/risk/stress/stress-desk.ts';
import { whatIfUsd } from '../../src/risk/stress/what-if-usd.ts';
import type { RankedOutcome, WorstOfFamily } from '../../src/risk/stress/worst-scenarios.ts';
import { rankOutcomes, worstOfFamilies } from '../../src/risk/stress/worst-scenarios.ts';
import { accountNotes } from './stress-notes.ts';
import { countText, helpText, pooledCell } from './stress-text.ts';
import type { StressAnswer, StressedDesk } from './stressed.ts';

const SHOWN = 12;

interface Row extends WorstOfFamily {
  readonly prevention: Prevention;
}

/** Every scenario, the worst of each family on screen, worst first. */
export function stressOverview(desk: StressedDesk, context: CommandContext): StressAnswer {
  const { snapshot, book, scenarios } = desk;
  const ranked = rankOutcomes(scenarios.map((scenario) => stressDesk(book, scenario)));
  const isEmpty = book.accounts.every(({ pools }) => pools.length === 0);
  const rows = (isEmpty ? [] : worstOfFamilies(ranked).slice(0, SHOWN)).map((one): Row => {
    return { ...one, prevention: preventingTransfers(snapshot, book, one.outcome.scenario) };
  });
  const [worst] = rows;
  const preventions = new Map(rows.map(({ outcome, prevention }) => [outcome, prevention]));
  return {
    data: {
      scenarios: ranked.map(({ outcome, liquidated, lossUsd }) => ({
        ...scenarioBrief(outcome),
        liquidatedAccounts: liquidated,
        lossUsd: whatIfUsd(lossUsd),
        prevention: preventions.get(outcome) ?? null,
      })),
    },
    severity: severityOf(ranked),
    figures: worst === undefined ? [] : overviewFigures(worst, ranked, context),
    tables: [overviewTable(rows, context)],
    paragraphs: [],
    notes: overviewNotes(rows, desk, context),
    marketGaps: desk.marketGaps,
  };
}

/** A what-if is no alarm: somebody dies in some of them on any desk. */
function severityOf(ranked: readonly RankedOutcome[]): Severity {
  return ranked.some(({ liquidated }) => liquidated > 0) ? 'watch' : 'ok';
}

function overviewFigures(
  worst: RankedOutcome,
  ranked: readonly RankedOutcome[],
  { say, format }: CommandContext,
): Figure[] {
  const fatal = ranked.filter(({ liquidated }) => liquidated > 0).length;
  const facts = { fatal, total: ranked.length };
  const { outcome, liquidated, lossUsd } = worst;
  const isSure = outcome.accounts.every(({ isLiquidated }) => isLiquidated !== null);
  const total = outcome.accounts.length;
  const loss = format.usd(whatIfUsd(lossUsd), 'up');
  const { id } = outcome.scenario;
  return [
    figure(say('stress.scenarios'), say(isSure ? 'stress.fatal' : 'stress.fatalAtLeast', facts)),
    figure(say('stress.worst'), say('stress.worstText', { id, loss, liquidated, total })),
  ];
}

function overviewTable(rows: readonly Row[], context: CommandContext): Table {
  const { say, format } = context;
  return tableOf<Row>({
    caption: rows.length === 0 ? null : say('stress.table'),
    empty: say('stress.empty'),
    rows,
    columns: [
      words(say('column.scenario'), 1, (row) => row.outcome.scenario.id),
      numbers(say('column.dead'), 1, (row) => countText(row, context)),
      numbers(say('column.loss'), 1, (row) => format.amount(whatIfUsd(row.lossUsd), 'up')),
      numbers(say('column.pooledHealth'), 2, (row) => pooledCell(row.outcome, context)),
      words(say('column.deadlyFrom'), 4, ({ deadlyFrom, outcome }) =>
        deadlyFrom === null || deadlyFrom === outcome.scenario ? '' : deadlyFrom.id,
      ),
      words(say('column.helped'), 3, (row) => helpText(row.prevention, context)),
    ],
  });
}

function overviewNotes(rows: readonly Row[], desk: StressedDesk, context: CommandContext): Note[] {
  const { say } = context;
  const [worst] = rows;
  if (worst === undefined) return [];
  const rest = desk.scenarios.length - rows.length;
  const without = desk.withoutVolatility.join(', ');
  return [
    ...accountNotes(worst.outcome, context),
    ...(without === '' ? [] : [note(say('stress.volatility', { assets: without }))]),
    ...(rest > 0 ? [note(say('stress.rest', { count: rest }))] : []),
    note(say('stress.more', { id: worst.outcome.scenario.id })),
  ];
}
