import type { AlertView } from '../../alerts/look/alert-view.ts';
import { isDollar } from '../../domain/money.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import { positionsOf } from '../../portfolio/snapshot.ts';
import type { Mark } from '../../ports/market-data.ts';
import type { DeskRisk } from '../../risk/assess-desk.ts';
import type { MarketHistory } from '../market-history.ts';

type CoinLook = AlertView['coins'][number];

/** What dollar coins cost, as far as a venue trades a perpetual of one against another. */
interface CoinPrices {
  told(marks: readonly Mark[], askedAt: number): void;
  now(): readonly CoinLook[];
}

export function createCoinPrices(): CoinPrices {
  const known = new Map<string, CoinLook>();
  return {
    told(marks, observedAt) {
      for (const { instrument, indexPrice, markPrice } of marks) {
        const [coin = '', rest = ''] = instrument.symbol.split('/');
        if (!isDollar(coin) || !isDollar(rest.split(':')[0] ?? '')) continue;
        // The index is what the coin is traded at; the mark has the perpetual's own premium in it.
        known.set(coin, { coin, usd: indexPrice ?? markPrice, observedAt });
      }
    },
    now: () => [...known.values()],
  };
}

/** The running rate of every instrument that is held. */
export function fundingLooks(snapshot: Snapshot, history: MarketHistory): AlertView['funding'] {
  const held = new Map(positionsOf(snapshot).map(({ instrument }) => [instrument.id, instrument]));
  return [...held.values()].flatMap((instrument) => {
    const found = history.funding(instrument);
    if (!found.ok) return [];
    const { value, observedAt } = found.value.current;
    return [{ instrument, rate: value.rate, observedAt }];
  });
}

/** Places in the queues of auto-deleveraging, where the venue tells them. */
export function adlLooks({ positions }: Pick<DeskRisk, 'positions'>): AlertView['adl'] {
  return positions.flatMap((risk) => {
    const { adlShare, observedAt } = risk.position;
    return adlShare ? [{ handle: risk.handle, share: adlShare, observedAt }] : [];
  });
}
