import { Decimal as D, type Decimal, ONE, ZERO } from '../../domain/decimal.ts';
import type { AlertSettings } from '../rule-settings.ts';
import { settingsFor } from '../rule-settings.ts';
import type { Sample } from '../sample.ts';
import type { AlertView, PastMark } from './alert-view.ts';
import { positionParts, positionSubject } from './position-samples.ts';
import { sampleAt } from './sample-at.ts';

/** What the market does to us: quick moves, funding, the queue of auto-deleveraging, dollar coins. */
export function marketSamples(view: AlertView, settings: AlertSettings): Sample[] {
  return [
    ...moveSamples(view, settings),
    ...view.funding.map(({ instrument, rate, observedAt }) => {
      const { venue, symbol, asset } = instrument;
      const subject = { kind: 'instrument', venue, instrument: symbol } as const;
      const scope = { account: null, asset, books: [] };
      const facts = { asset, rate: rate.toFixed() };
      const names = { rule: 'funding', subject } as const;
      return sampleAt(view, names, { value: rate.abs(), observedAt, scope, facts });
    }),
    ...view.adl.flatMap((look) => adlSample(view, look)),
    ...view.coins.map(({ coin, usd, observedAt }) => {
      const subject = { kind: 'asset', asset: coin } as const;
      const scope = { account: null, asset: coin, books: [] };
      const facts = { asset: coin, price: usd.toFixed() };
      const value = usd.minus(ONE).abs();
      return sampleAt(view, { rule: 'depeg', subject }, { value, observedAt, scope, facts });
    }),
  ];
}

function moveSamples(view: AlertView, settings: AlertSettings): Sample[] {
  return [...view.marks].flatMap(([asset, marks]) => {
    const scope = { account: null, asset, books: [] };
    const window = settingsFor(settings, 'priceMove', scope)?.options['window'];
    const last = marks.at(-1);
    if (window === undefined || last === undefined) return [];
    const since = view.now - window.toNumber();
    const move = largestMove(
      marks.filter(({ at }) => at >= since),
      last.price,
    );
    if (move === null) return [];
    return sampleAt(
      view,
      { rule: 'priceMove', subject: { kind: 'asset', asset } },
      {
        ...{ value: move.size, observedAt: last.at, scope },
        facts: { asset, direction: move.direction, price: last.price.toFixed() },
      },
    );
  });
}

interface Move {
  /** Share of the price it came from. */
  readonly size: Decimal;
  readonly direction: 'up' | 'down';
}

/** From the lowest or the highest price of the window to the last, whichever is farther. Null without one. */
function largestMove(marks: readonly PastMark[], last: Decimal): Move | null {
  const prices = marks.map(({ price }) => price).filter((price) => price.isFinite() && price.gt(0));
  if (prices.length === 0 || !last.isFinite() || !last.gt(0)) return null;
  const up = last.div(D.min(...prices)).minus(ONE);
  const down = ONE.minus(last.div(D.max(...prices)));
  const isUp = up.gte(down);
  return { size: D.max(isUp ? up : down, ZERO), direction: isUp ? 'up' : 'down' };
}

/** Only of a leg that wins in a hedged book: losing it to the venue leaves the other leg alone. */
function adlSample(view: AlertView, look: AlertView['adl'][number]): Sample[] {
  const risk = view.desk.positions.find(({ handle }) => handle === look.handle);
  const account = view.desk.accounts.find(
    ({ account: each }) => each.account.id === risk?.position.account,
  )?.account;
  if (risk === undefined || account === undefined) return [];
  const isHedge = account.account.books.some((book) => view.hedgedBooks.includes(book));
  if (!isHedge) return [];
  const shared = positionParts(view, risk, account);
  const isWinning = risk.unrealizedPnlUsd?.gt(0) ?? true;
  const names = { rule: 'adlRank', subject: positionSubject(risk.position) } as const;
  const { observedAt, share } = look;
  // A leg that loses is not in the queue: its place is the last.
  return [sampleAt(view, names, { ...shared, observedAt, value: isWinning ? share : ONE })];
}
