import { recordedCrashes } from './recorded-crashes.ts';
import type { MarketPoint, Scenario, ScenarioKind } from './scenario.ts';
import { TODAY, withDeleveraging } from './scenario.ts';
import type { StressBook } from './stress-book.ts';

/** Standard deviation of a day's return by asset, as a share; an asset that is not named is not known. */
export type DailyVolatility = Readonly<Record<string, number>>;

/**
 * Every scenario a desk is put through (risk model 5.1 and 5.2): recorded crashes, with none, half and all
 * of the winning legs deleveraged; every asset and all together from −50 to +50 %; and one kind of trouble
 * at a time. The volatility rows need a volatility of every asset and are left out without.
 */
export function allScenarios(
  { assets, dollars }: Pick<StressBook, 'assets' | 'dollars'>,
  volatility: DailyVolatility = {},
): readonly Scenario[] {
  return [
    ...recordedCrashes(assets).flatMap((crash) => [
      crash,
      withDeleveraging(crash, 0.5),
      withDeleveraging(crash, 1),
    ]),
    ...priceGrid(assets),
    ...volatilityRows(assets, volatility),
    ...correlationRows(assets),
    ...DERIVATIVES,
    ...dollarRows(dollars),
    ...stakingRows(assets),
  ];
}

const STEP_PERCENT = 5;
const STEPS = 10;

/** `all-50` … `all+50`, then every asset alone. */
export function priceGrid(assets: readonly string[]): readonly Scenario[] {
  const steps = Array.from({ length: 2 * STEPS + 1 }, (_, i) => (i - STEPS) * STEP_PERCENT);
  const moves = steps.filter((percent) => percent !== 0);
  const together = moves.map((percent) =>
    single('price', `all${signed(percent)}`, {
      moves: Object.fromEntries(assets.map((asset) => [asset, percent / 100])),
    }),
  );
  const alone = assets.flatMap((asset) =>
    moves.map((percent) =>
      single('price', `${asset.toLowerCase()}${signed(percent)}`, {
        moves: { [asset]: percent / 100 },
      }),
    ),
  );
  return [...together, ...alone];
}

function signed(percent: number): string {
  return percent > 0 ? `+${percent}` : `${percent}`;
}

function single(kind: ScenarioKind, id: string, change: Partial<MarketPoint>): Scenario {
  return { id, kind, path: [{ ...TODAY, ...change }], proxies: [], deleveraged: 0 };
}

/** The 99 % quantile of a day, with volatility doubled. */
const DOUBLED_QUANTILE = 2 * 2.3263;

function volatilityRows(assets: readonly string[], volatility: DailyVolatility): Scenario[] {
  if (assets.length === 0 || !assets.every((asset) => (volatility[asset] ?? 0) > 0)) return [];
  const moves = (sign: 1 | -1): Record<string, number> =>
    Object.fromEntries(
      assets.map((asset) => [
        asset,
        Math.max(sign * DOUBLED_QUANTILE * (volatility[asset] ?? 0), DEEPEST),
      ]),
    );
  return [
    single('volatility', 'vol-x2-down', { moves: moves(-1) }),
    single('volatility', 'vol-x2-up', { moves: moves(1) }),
  ];
}

const DEEPEST = -0.95;

/**
 * Betas to BTC, the larger of the 365-day and the worst-decile one (risk model 3.2, to 2026-06-24); assets
 * without one take the largest, as a proxy.
 */
const BETAS: Readonly<Record<string, number>> = {
  BTC: 1,
  ETH: 1.34,
  SOL: 1.41,
  BNB: 1.4,
  XRP: 1.44,
};
const LARGEST_BETA = 1.44;
const CORRELATED_MOVE = 0.2;

/** Everything moves with BTC by its beta: the best case of a hedge, the worst of a directional desk. */
function correlationRows(assets: readonly string[]): Scenario[] {
  const proxies = assets.filter((asset) => BETAS[asset] === undefined);
  return ([-1, 1] as const).map((sign) => {
    const moves = Object.fromEntries(
      assets.map((asset) => [asset, sign * CORRELATED_MOVE * (BETAS[asset] ?? LARGEST_BETA)]),
    );
    const id = `corr1${signed(sign * CORRELATED_MOVE * 100)}`;
    return { ...single('correlation', id, { moves }), proxies };
  });
}

/** Three days of three payments of 0.3 %. */
const FUNDING = 9 * 0.003;

/** The worst 1 % day of BTC against ETH, daily closes 2021 to 2026-06: −7.57 %. */
const WORST_SPREAD_DAY = 0.0757;

const DERIVATIVES: readonly Scenario[] = [
  single('funding', 'funding+0.3', { funding: FUNDING }),
  single('basis', 'basis-5', { basis: -0.05 }),
  single('basis', 'basis+5', { basis: 0.05 }),
  single('spread', 'legs-apart', { spread: WORST_SPREAD_DAY }),
  single('haircut', 'haircut-10', { haircut: 0.1 }),
  single('limits', 'limits-halved', { areLimitsHalved: true }),
];

const DOLLAR_PRICES = ['0.97', '0.90', '0.65'] as const;

/** Real dollars do not break. */
function dollarRows(dollars: readonly string[]): Scenario[] {
  return dollars
    .filter((coin) => coin !== 'USD')
    .flatMap((coin) =>
      DOLLAR_PRICES.map((price) =>
        single('stablecoin', `${coin.toLowerCase()}-${price}`, {
          dollars: { [coin]: Number(price) },
        }),
      ),
    );
}

const STAKED = new Set(
  'STETH WSTETH WBETH BETH METH CMETH RETH CBETH WEETH EZETH OKSOL BBSOL BNSOL JITOSOL MSOL JUPSOL'.split(
    ' ',
  ),
);

function stakingRows(assets: readonly string[]): Scenario[] {
  const held = assets.filter((asset) => STAKED.has(asset));
  if (held.length === 0) return [];
  const moves = Object.fromEntries(held.map((asset) => [asset, -0.1]));
  return [single('staking', 'lst-10', { moves })];
}
