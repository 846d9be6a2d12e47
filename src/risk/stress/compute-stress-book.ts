import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ratioOf, ZERO } from '../../domain/decimal.ts';
import { handlesOf } from '../../domain/handle.ts';
import { isDollar } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { asRatio } from '../../domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../portfolio/snapshot.ts';
import { positionsOf } from '../../portfolio/snapshot.ts';
import type { CoinPrice } from '../coin-price.ts';
import { coinPriceFrom } from '../coin-price.ts';
import { IN_FULL } from '../cross/collateral-weight.ts';
import { crossRules } from '../cross/cross-rules.ts';
import type { LivePool, PoolBasis } from '../cross/live-pool.ts';
import { livePools } from '../cross/live-pools.ts';
import type { Places, PoolDraft } from './book-builder.ts';
import { draftPool, stressCoin } from './book-builder.ts';
import { isolatedPool } from './isolated-pool.ts';
import { marketAt } from './market.ts';
import { freshState, poolFigures } from './pool-value.ts';
import { TODAY } from './scenario.ts';
import type { StressAccount, StressBook, StressPool, StressUnknown } from './stress-book.ts';

/**
 * The desk made ready for what-ifs. What an account's figures do not allow is named in its `unknown`, and
 * where only the requirement is missing its equity is followed all the same.
 */
export function computeStressBook(snapshot: Snapshot): StressBook {
  const priceOf = coinPriceFrom(snapshot);
  const places: Places = {
    assets: new Map(),
    dollars: new Map(),
    handles: handlesOf(positionsOf(snapshot)),
    legs: 0,
  };
  const accounts: StressAccount[] = [];
  const pools: StressPool[] = [];
  for (const account of snapshot.accounts) {
    const draft = draftAccount(account, priceOf, places);
    const own = draft.pools.map((pool, place) => ({
      ...pool,
      index: pools.length + place,
      account: accounts.length,
    }));
    pools.push(...own);
    const { equityUsd, unknown, basis } = draft;
    const isPortfolio =
      account.account.venue === 'binancepm' ||
      account.positions.some(({ marginMode }) => marginMode === 'portfolio');
    accounts.push({
      id: account.account.id,
      venue: account.account.venue,
      ...{ equityUsd, unknown, basis, isPortfolio },
      pools: own,
    });
  }
  const names = { assets: [...places.assets.keys()], dollars: [...places.dollars.keys()] };
  const fresh = freshState(places.legs);
  const calm = marketAt(names, TODAY);
  const today = pools.map((pool) => poolFigures(pool, calm, fresh));
  return { accounts, pools, ...names, fresh, today };
}

interface AccountDraft extends Pick<StressAccount, 'equityUsd' | 'unknown' | 'basis'> {
  readonly pools: readonly PoolDraft[];
}

function nothing(unknown: StressUnknown): AccountDraft {
  return { equityUsd: null, unknown, basis: null, pools: [] };
}

function draftAccount(account: AccountSnapshot, priceOf: CoinPrice, places: Places): AccountDraft {
  const equity = account.margin?.equityUsd ?? null;
  if (account.status === 'missing') return nothing('missing');
  if (equity === null) return nothing('no-equity');
  if (!isSound(account)) return nothing('not-finite');
  const drawn = drawPools(account, priceOf, places);
  const worth = drawn.ok ? null : worthPool(account, priceOf, places);
  if (worth !== null && !worth.ok) return nothing(worth.error);
  const pools = drawn.ok ? drawn.value.pools : worth === null ? [] : [worth.value];
  return {
    equityUsd: equity.toNumber(),
    unknown: drawn.ok ? null : drawn.error,
    basis: drawn.ok ? drawn.value.basis : null,
    pools: withRest(pools, { account, priceOf, places, equity }),
  };
}

interface Drawn {
  readonly pools: readonly PoolDraft[];
  readonly basis: PoolBasis | null;
}

function drawPools(
  account: AccountSnapshot,
  priceOf: CoinPrice,
  places: Places,
): Result<Drawn, StressUnknown> {
  const cross = livePools(account, priceOf);
  if (!cross.ok) return cross;
  const pools: PoolDraft[] = [];
  for (const live of cross.value) {
    const draft = draftPool(live, 'cross', places);
    if (!draft.ok) return draft;
    pools.push(draft.value);
  }
  for (const position of account.positions) {
    if (position.marginMode !== 'isolated') continue;
    const isolated = isolatedPool(position, priceOf);
    if (!isolated.ok) return isolated;
    const { live, reservedUsd } = isolated.value;
    const draft = draftPool(live, 'isolated', places);
    if (!draft.ok) return draft;
    pools.push({ ...draft.value, restUsd: reservedUsd.toNumber() });
  }
  return ok({ pools, basis: worstBasis(cross.value) });
}

function worstBasis(pools: readonly LivePool[]): PoolBasis | null {
  const order = ['bound', 'venue-ratio', 'reported'] as const;
  return order.find((basis) => pools.some((pool) => pool.basis === basis)) ?? null;
}

/** All positions and no requirement: good for what the account is worth and for nothing else. */
function worthPool(
  account: AccountSnapshot,
  priceOf: CoinPrice,
  places: Places,
): Result<PoolDraft, StressUnknown> {
  const positions = account.positions.map(withoutRequirement);
  const settles = new Set(positions.map(({ instrument }) => instrument.settle));
  const coins: LivePool['coins'][number][] = [];
  for (const coin of settles) {
    const price = isDollar(coin) ? ONE : priceOf(account.account.id, coin);
    if (price === null) return err('no-coin-price');
    const quantity = heldOf(account, coin);
    coins.push({ coin, price, quantity, haircut: { kind: 'brackets', brackets: IN_FULL } });
  }
  const live: LivePool = {
    ...{ coin: null, positions, coins, equityUsd: ZERO, requiredUsd: ZERO },
    rules: crossRules(''),
    basis: 'reported',
  };
  const draft = draftPool(live, 'cross', places);
  return draft.ok ? ok({ ...draft.value, kind: 'cash', exact: null }) : draft;
}

function heldOf(account: AccountSnapshot, coin: string): Decimal {
  const held = account.margin?.collateral.find(({ asset }) => asset === coin);
  return held?.quantity ?? ZERO;
}

function withoutRequirement(position: Position): Position {
  const tiers = [{ floor: ZERO, cap: null, rate: asRatio(ZERO), deduction: ZERO }];
  const instrument = { ...position.instrument, tiers };
  return { ...position, venue: '', instrument };
}

/** What no pool holds yet: other coins, and the part of the equity no coin explains. */
function withRest(
  pools: readonly PoolDraft[],
  of: {
    readonly account: AccountSnapshot;
    readonly priceOf: CoinPrice;
    readonly places: Places;
    readonly equity: Decimal;
  },
): readonly PoolDraft[] {
  const cash = cashPool(pools, of);
  const all = [...pools, cash];
  const explained = all.reduce((sum, pool) => sum + worthNow(pool), 0);
  const rest = of.equity.toNumber() - explained;
  const shared = pools.filter(({ kind }) => kind !== 'isolated');
  const isOnePool = shared.length === 1 && of.account.margin?.pooling !== 'coin';
  const taker = isOnePool ? shared[0] : cash;
  return all.map((pool) => (pool === taker ? { ...pool, restUsd: rest } : pool));
}

function cashPool(
  pools: readonly PoolDraft[],
  { account, priceOf, places }: Parameters<typeof withRest>[1],
): PoolDraft {
  const taken = (coin: string): number =>
    pools
      .flatMap(({ coins }) => coins)
      .reduce((sum, c) => sum + (c.coin === coin ? c.quantity : 0), 0);
  const coins = (account.margin?.collateral ?? []).flatMap(({ asset, quantity, venueUsd }) => {
    const venues = ratioOf(venueUsd, quantity);
    const price = isDollar(asset) ? ONE : (venues ?? priceOf(account.account.id, asset));
    // A coin nobody can price stays in the part of the equity that does not move.
    if (price === null) return [];
    const coin = stressCoin({ coin: asset, price, quantity }, places);
    return [{ ...coin, quantity: coin.quantity - taken(asset) }];
  });
  return {
    ...{ kind: 'cash', legs: [], coins, restUsd: 0, fixedRequiredUsd: 0, liquidatesAt: 1 },
    ...{ ends: [], rule: 'full', exact: null },
  };
}

function worthNow(pool: PoolDraft): number {
  const calm = marketAt({ assets: [], dollars: [] }, TODAY);
  const state = freshState(0);
  return poolFigures({ ...pool, index: 0, account: 0 }, calm, state).worthUsd;
}

function isSound(account: AccountSnapshot): boolean {
  const { margin, positions } = account;
  const figures = [
    margin?.equityUsd,
    margin?.maintenanceMarginUsd,
    ...(margin?.collateral ?? []).map(({ quantity }) => quantity),
    ...positions.flatMap(({ contracts, markPrice, entryPrice, collateral, maintenanceMargin }) => [
      ...[contracts, markPrice, entryPrice, collateral?.amount, maintenanceMargin?.amount],
    ]),
    ...positions.map(({ unrealizedPnl }) => unrealizedPnl?.amount),
  ];
  return figures.every((figure) => figure === null || figure === undefined || figure.isFinite());
}
