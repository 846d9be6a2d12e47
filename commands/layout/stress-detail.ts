import type { CommandContext } from '../../src/app/command.ts';
import { Decimal } from '../../src/domain/decimal.ts';
import type { Figure, Note, Table } from '../../src/replies/reply.ts';
import { figure, note, numbers, tableOf, words } from '../../src/replies/table-of.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';
import type { Prevention } from '../../src/risk/stress/preventing-transfers.ts';
import { preventingTransfers } from '../../src/risk/stress/preventing-transfers.ts';
import type { Scenario } from '../../src/risk/stress/scenario.ts';
import { scenarioData } from '../../src/risk/stress/scenario-data.ts';
import type { AccountOutcome, ScenarioOutcome } from '../../src/risk/stress/scenario-outcome.ts';
import { stressDesk } from '../../src/risk/stress/stress-desk.ts';
import { whatIfUsd } from '../../src/risk/stress/what-if-usd.ts';
import type { RankedOutcome } from '../../src/risk/stress/worst-scenarios.ts';
import { rankOutcomes } from '../../src/risk/stress/worst-scenarios.ts';
import { accountNotes } from './stress-notes.ts';
import { countText, pooledCell, whereText } from './stress-text.ts';
import type { StressAnswer, StressedDesk } from './stressed.ts';

/** One scenario account by account, and what, moved in time, would have prevented it. */
export function stressDetail(
  scenario: Scenario,
  { snapshot, book }: StressedDesk,
  context: CommandContext,
): StressAnswer {
  const outcome = stressDesk(book, scenario);
  const prevention = preventingTransfers(snapshot, book, scenario);
  const [ranked] = rankOutcomes([outcome]);
  const lossUsd = whatIfUsd(ranked?.lossUsd ?? null);
  return {
    data: {
      scenarios: [
        {
          ...scenarioData(outcome),
          liquidatedAccounts: ranked?.liquidated ?? 0,
          ...{ lossUsd, prevention },
        },
      ],
    },
    severity: (ranked?.liquidated ?? 0) > 0 ? 'watch' : 'ok',
    figures: ranked === undefined ? [] : detailFigures(ranked, context),
    tables: [accountTable(outcome, context), preventionTable(prevention, outcome, context)],
    paragraphs: [],
    notes: detailNotes(outcome, prevention, context),
    // A volatility scenario that is there had all it needs; the others need none.
    marketGaps: [],
  };
}

function detailFigures(ranked: RankedOutcome, context: CommandContext): Figure[] {
  const { say, format } = context;
  const { outcome, lossUsd } = ranked;
  const loss = whatIfUsd(lossUsd);
  const isGain = loss?.isNegative() === true;
  const health = pooledCell(outcome, context).text;
  return [
    figure(say('stress.moves'), movesText(outcome.scenario, context)),
    figure(say('stress.liquidated'), countText(ranked, context)),
    figure(
      say(isGain ? 'stress.gain' : 'stress.loss'),
      format.usd(loss?.abs() ?? null, isGain ? 'down' : 'up'),
    ),
    figure(
      say('stress.pooled'),
      outcome.pooled.isLiquidated ? say('stress.pooledDead', { health }) : health,
    ),
  ];
}

/** What kind it is, and the moves of the worst point where prices move. */
function movesText({ kind, path }: Scenario, { say, format }: CommandContext): string {
  const moves = Object.entries(path[0]?.moves ?? {}).map(([asset, move]) => {
    const text = format.percent(estimateRatio(move), 'nearest');
    return `${asset} ${move > 0 ? '+' : ''}${text}`;
  });
  return [say(`stress.kind.${kind}`), ...moves].join(', ');
}

function accountTable({ accounts }: ScenarioOutcome, context: CommandContext): Table {
  const { say, format } = context;
  return tableOf<AccountOutcome>({
    caption: say('stress.accounts'),
    empty: say('stress.empty'),
    rows: accounts,
    columns: [
      words(say('column.account'), 1, (row) => row.account),
      numbers(say('column.equity'), 1, (row) => format.amount(whatIfUsd(row.equityUsd), 'down')),
      numbers(say('column.maintenance'), 3, (row) =>
        format.amount(whatIfUsd(row.maintenanceUsd), 'up'),
      ),
      numbers(say('column.loss'), 2, (row) => format.amount(whatIfUsd(row.lossUsd), 'up')),
      words(say('column.liquidated'), 1, (row) => ({
        text:
          row.isLiquidated === null ? say('stress.unsure') : whereText(row.liquidations, context),
        severity: row.isLiquidated === true ? 'crit' : null,
      })),
    ],
  });
}

function preventionTable(
  { transfers, lost }: Prevention,
  { accounts }: ScenarioOutcome,
  { say, format }: CommandContext,
): Table {
  const isNeeded = lost.length > 0 || accounts.some(({ isLiquidated }) => isLiquidated === true);
  return tableOf<Prevention['transfers'][number]>({
    caption: transfers.length === 0 ? null : say('stress.prevention'),
    empty: say(isNeeded ? 'stress.noWay' : 'stress.notNeeded'),
    rows: transfers,
    columns: [
      words(say('column.from'), 1, (row) => row.from),
      words(say('column.to'), 1, ({ to, isolated }) =>
        isolated === null ? to : `${to} (${isolated})`,
      ),
      numbers(say('column.amount'), 1, (row) => format.amount(row.amountUsd, 'up')),
      words(say('column.by'), 2, (row) => say(`rebalance.${row.executable ? 'here' : 'hand'}`)),
    ],
  });
}

function detailNotes(
  outcome: ScenarioOutcome,
  { lost }: Prevention,
  context: CommandContext,
): Note[] {
  const { say, format } = context;
  const { scenario, accounts } = outcome;
  const assets = scenario.proxies.join(', ');
  const share = format.percent(new Decimal(scenario.deleveraged), 'nearest');
  return [
    ...lost.map(({ account, needUsd }) =>
      note(say('stress.lost', { account, amount: format.usd(needUsd, 'up') }), 'warn'),
    ),
    ...accounts.flatMap(({ account, mayBeClaimed }) =>
      mayBeClaimed ? [note(say('stress.claim', { account }), 'warn')] : [],
    ),
    ...accountNotes(outcome, context),
    ...(scenario.deleveraged > 0 ? [note(say('stress.deleveraged', { share }))] : []),
    ...(assets === '' ? [] : [note(say('stress.proxies', { assets }))]),
    note(say('stress.impact')),
  ];
}
