import type { Decimal } from '../../domain/decimal.ts';
import { ONE } from '../../domain/decimal.ts';
import { planTransfers } from '../../risk/rebalance/plan-transfers.ts';
import type { TransferEdge } from '../../risk/rebalance/solve-transfers.ts';
import { transferMarginRequired } from '../../risk/rebalance/transferable.ts';
import { adlRank } from '../../risk/stress/adl-rank.ts';
import { computeStressBook } from '../../risk/stress/compute-stress-book.ts';
import { backstopEquity } from '../../risk/stress/liquidation-rule.ts';
import type { Scenario } from '../../risk/stress/scenario.ts';
import { TODAY } from '../../risk/stress/scenario.ts';
import type { AccountOutcome } from '../../risk/stress/scenario-outcome.ts';
import { stressDesk } from '../../risk/stress/stress-desk.ts';
import { figure } from './figure.ts';
import { sideOf } from './leg-of.ts';
import { stressDeskOf } from './stress-desk-of.ts';
import type { Evaluate, Got, Inputs } from './vector.ts';
import { asRecord, decimalList, decimalOf, decimalsOf, recordList } from './vector.ts';

/** Stress and transfers, by what `/stress` and `/rebalance` answer from. */
export const stressKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['stress_scenario', ({ inputs }) => shocked(inputs)],
  ['path_dependent_hedge', ({ inputs }) => hedgedPath(inputs)],
  ['margin_rebalance', ({ inputs }) => rebalanced(inputs)],
  ['adl_rank', ({ inputs, venue }) => rank(inputs, venue)],
  [
    'transfer_margin_required',
    ({ inputs }) => {
      const given = decimalsOf(inputs, 'initial_margin', 'total_position_value');
      if (given === null) return undefined;
      return transferMarginRequired(given.initial_margin, given.total_position_value);
    },
  ],
  [
    'backstop_equity',
    ({ inputs }) => {
      const maintenance = decimalOf(inputs, 'maint');
      return maintenance === null ? undefined : backstopEquity(maintenance);
    },
  ],
]);

function rank(inputs: Inputs, venue: string): Got | undefined {
  const given = decimalsOf(inputs, 'mark', 'entry', 'notional', 'account_value');
  if (given === null) return undefined;
  return figure(
    adlRank(venue, {
      markOverEntry: given.mark.div(given.entry).toNumber(),
      side: 'long',
      valueUsd: given.notional.toNumber(),
      accountEquityUsd: given.account_value.toNumber(),
      accountMaintenanceUsd: 0,
    }),
  );
}

/** Everything at once, nothing liquidated before: the gap column, and the pool. */
function shocked(inputs: Inputs): Got | undefined {
  const shocks = asRecord(inputs['shocks']);
  const accounts = recordList(inputs['accounts'])?.map(stressedAccount);
  if (shocks === null || !accounts?.every((account) => account !== null)) return undefined;
  const moves = Object.fromEntries(
    Object.keys(shocks).map((asset) => [asset, decimalOf(shocks, asset)?.toNumber() ?? 0]),
  );
  const book = computeStressBook(stressDeskOf(accounts));
  const { accounts: rows, pooled } = stressDesk(book, along([moves]));
  return {
    accounts: rows.map((row, index) => gapRow(row, accounts[index]?.equity)),
    pooled: {
      equity: shown(pooled.equityUsd),
      maint: shown(pooled.maintenanceUsd),
      hf: shown(pooled.healthFactor),
      liquidated: pooled.isLiquidated,
    },
  };
}

function gapRow({ account, gap }: AccountOutcome, equity: Decimal | undefined): Got {
  if (gap === null || equity === undefined) return null;
  return {
    id: account,
    pnl: shown(gap.equityUsd - equity.toNumber()),
    equity: shown(gap.equityUsd),
    maint: shown(gap.maintenanceUsd),
    hf: shown(gap.healthFactor),
    liquidated: gap.isLiquidated,
  };
}

function along(points: readonly Readonly<Record<string, number>>[]): Scenario {
  const path = points.map((moves) => ({ ...TODAY, moves }));
  return { id: 'vector', kind: 'price', path, proxies: [], deleveraged: 0 };
}

function stressedAccount(inputs: Inputs): Parameters<typeof stressDeskOf>[0][number] | null {
  const equity = decimalOf(inputs, 'equity');
  const legs = recordList(inputs['positions'])?.map((leg) => {
    const side = sideOf(leg);
    const given = decimalsOf(leg, 'size', 'mark', 'mmr');
    if (side === null || given === null) return null;
    return { base: String(leg['base']), side, size: given.size, mark: given.mark, rate: given.mmr };
  });
  if (equity === null || !legs?.every((leg) => leg !== null)) return null;
  return { id: String(inputs['id']), equity, legs };
}

/** Two venues, one leg each: along the path, and each leg alone to where it is liquidated. */
function hedgedPath(inputs: Inputs): Got | undefined {
  const prices = decimalList(inputs['path']);
  const start = prices?.[0];
  const sides = (['long', 'short'] as const).map((side) => {
    const venue = decimalsOf(asRecord(inputs[`${side}_venue`]) ?? {}, 'size', 'margin', 'mmr');
    if (venue === null || start === undefined) return null;
    const leg = { base: 'BTC', side, size: venue.size, mark: start, rate: venue.mmr };
    return { id: side, equity: venue.margin, legs: [leg] };
  });
  if (!prices || start === undefined || !sides.every((side) => side !== null)) return undefined;
  const book = computeStressBook(stressDeskOf(sides));
  const move = (price: Decimal): number => price.div(start).minus(ONE).toNumber();
  const path = prices.slice(1).map((price) => ({ BTC: move(price) }));
  const { accounts, pooled, net } = stressDesk(book, along(path));
  const diesAt = (side: number, by: number): number | null => {
    const share = stressDesk(book, along([{ BTC: by }])).accounts[side]?.liquidations[0]?.share;
    return share === undefined ? null : share * by;
  };
  const up = diesAt(1, 0.5);
  const down = diesAt(0, -0.5);
  const price = (by: number | null): number | null =>
    by === null ? null : start.toNumber() * (1 + by);
  return {
    short_liq_price: shown(price(up)),
    short_liq_move_pct: shown(up === null ? null : up * 100),
    long_liq_price: shown(price(down)),
    net_delta_before: shown(net[0]?.todayUsd ?? null),
    final_equity_transfers_blocked: shown(
      accounts.reduce((sum, { endEquityUsd }) => sum + (endEquityUsd ?? 0), 0),
    ),
    final_equity_if_rebalanced: shown(pooled.endEquityUsd),
  };
}

/** Everybody may send to everybody. */
function rebalanced(inputs: Inputs): Got | undefined {
  const target = decimalOf(inputs, 'target_hf');
  const rows = recordList(inputs['accounts']);
  const given = rows?.map((row) => decimalsOf(row, 'equity', 'maint', 'transferable'));
  if (target === null || !rows || !given?.every((row) => row !== null)) return undefined;
  const accounts = given.map(({ equity, maint, transferable }) => ({
    ...{ equity, maintenance: maint, transferable },
  }));
  const plan = planTransfers({ accounts, edges: everyWay(accounts.length), target });
  const nameAt = (index: number): string => String(rows[index]?.['id']);
  return {
    total_need: plan.need,
    total_capacity: plan.capacity,
    feasible: plan.feasible,
    transfers: plan.feasible
      ? plan.flows.map(({ edge, amount }) => ({
          ...{ frm: nameAt(edge.from), to: nameAt(edge.to), amount },
        }))
      : null,
    max_common_hf: plan.commonMaximum,
  };
}

function everyWay(count: number): TransferEdge[] {
  const places = Array.from({ length: count }, (_, index) => index);
  return places.flatMap((from) =>
    places.filter((to) => to !== from).map((to) => ({ from, to, rate: ONE, executable: true })),
  );
}

function shown(value: number | null): Got {
  return figure(value) ?? null;
}
