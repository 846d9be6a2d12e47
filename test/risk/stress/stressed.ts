import type { AccountSnapshot, Snapshot } from '../../../src/portfolio/snapshot.ts';
import { computeStressBook } from '../../../src/risk/stress/compute-stress-book.ts';
import type { PriceImpact } from '../../../src/risk/stress/price-impact.ts';
import type { MarketPoint, Scenario } from '../../../src/risk/stress/scenario.ts';
import { TODAY } from '../../../src/risk/stress/scenario.ts';
import type { AccountOutcome, ScenarioOutcome } from '../../../src/risk/stress/scenario-outcome.ts';
import { stressDesk } from '../../../src/risk/stress/stress-desk.ts';
import type { PositionText } from '../sample-desk.ts';
import { instrument, position, tiers } from '../sample-desk.ts';

export const MARKS: Readonly<Record<string, string>> = { BTC: '60000', ETH: '3000', SOL: '150' };

interface LegText extends Partial<Omit<PositionText, 'instrument'>> {
  /** Maintenance as a share of the value, or brackets. */
  readonly rate?: string;
  readonly steps?: ReturnType<typeof tiers>;
  readonly fee?: string;
}

/** `long 4 BTC`, cross, entered and marked at today's price, maintenance 0.5 %. */
export function leg(words: string, more: LegText = {}) {
  const [side, contracts = '0', asset = 'BTC'] = words.split(' ');
  const { rate, steps, fee, ...text } = more;
  const mark = MARKS[asset] ?? '1';
  return position({
    instrument: instrument(`${asset}/USDT:USDT`, {
      tiers: steps ?? tiers(['0', rate ?? '0.005', '0']),
      ...(fee === undefined ? {} : { takerFee: instrument0(fee) }),
    }),
    side: side === 'short' ? 'short' : 'long',
    ...{ contracts, entry: mark, mark, mode: 'cross', pnl: '0', venue: 'binanceusdm' },
    ...text,
  });
}

function instrument0(fee: string) {
  return tiers(['0', fee, '0'])[0]?.rate ?? null;
}

/** A path over asset moves in percent, one object per point. */
export function path(...points: readonly Readonly<Record<string, number>>[]): Scenario {
  return along(
    points.map((moves) => ({
      ...TODAY,
      moves: Object.fromEntries(Object.entries(moves).map(([asset, by]) => [asset, by / 100])),
    })),
  );
}

export function change(part: Partial<MarketPoint>): Scenario {
  return along([{ ...TODAY, ...part }]);
}

function along(points: readonly MarketPoint[]): Scenario {
  return { id: 'test', kind: 'price', path: points, proxies: [], deleveraged: 0 };
}

export function stress(
  snapshot: Snapshot,
  scenario: Scenario,
  impacts?: ReadonlyMap<string, PriceImpact>,
): ScenarioOutcome {
  return stressDesk(computeStressBook(snapshot), scenario, impacts);
}

/** The outcome of the first account. */
export function first(outcome: ScenarioOutcome): AccountOutcome {
  const row = outcome.accounts[0];
  if (row === undefined) throw new TypeError('no account');
  return row;
}

export function near(value: number | null | undefined, digits = 9): number | null {
  return value === null || value === undefined ? null : Number(value.toPrecision(digits));
}

export function withoutPooling(account: AccountSnapshot): AccountSnapshot {
  return { ...account, margin: account.margin && { ...account.margin, pooling: 'coin' } };
}
