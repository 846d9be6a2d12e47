import type { Position } from '../../domain/position.ts';
import type { AccountSnapshot, Snapshot } from '../../portfolio/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { InstrumentRef } from '../../ports/market-data.ts';
import { assessDesk, type DeskRisk } from '../../risk/assess-desk.ts';
import type { JudgedDesk } from '../../risk/probability/judge-desk.ts';
import { reassessDesk } from '../../risk/reassess-desk.ts';
import type { Desk } from '../desk.ts';
import type { Judge } from '../judge.ts';
import type { MarketView } from '../market-view.ts';
import { carriedJudgement } from './carried-judgement.ts';
import type { MarkBook } from './mark-book.ts';
import { withMarks } from './with-marks.ts';

interface WatchedDeskDeps {
  readonly desk: Pick<Desk, 'lastKnown'>;
  readonly book: MarkBook;
  readonly judge: Judge;
  readonly market: (snapshot: Snapshot) => MarketView;
  readonly clock: Clock;
}

/** The desk at the newest marks, of which only what changed is judged anew. */
export interface WatchedDesk {
  /** With the chances of the last full judgement. */
  now(): JudgedDesk;
  /** This mark moved: whoever holds it, to be judged again. */
  moved(instrument: InstrumentRef): ReadonlySet<string>;
  /** Works out all chances anew, when it is time; resolves when it is done. At most one at a time. */
  rejudge(): Promise<void>;
}

/** Chances move slowly, and working them all out is the dearest thing there is. */
const REJUDGE_MS = 15_000;
/** Of our time, at most. */
const SHARE = 20;

export function createWatchedDesk(deps: WatchedDeskDeps): WatchedDesk {
  const { desk, book, clock } = deps;
  const seen = new Map<string, { readonly base: AccountSnapshot; readonly out: AccountSnapshot }>();
  const dirty = new Set<string>();
  let risk: DeskRisk | null = null;
  let judged: JudgedDesk | null = null;
  let next = Number.NEGATIVE_INFINITY;
  const legs = createLegs();
  let running: Promise<void> | null = null;

  const atMarks = (base: AccountSnapshot): AccountSnapshot => {
    const { id } = base.account;
    const last = seen.get(id);
    if (last?.base === base && !dirty.has(id)) return last.out;
    const out = withMarks(base, book);
    seen.set(id, { base, out });
    return out;
  };

  const look = (): DeskRisk => {
    const known = desk.lastKnown();
    const snapshot = { accounts: known.accounts.map(atMarks), takenAt: known.takenAt };
    dirty.clear();
    risk = risk === null ? assessDesk(snapshot) : reassessDesk(risk, snapshot);
    return risk;
  };

  const judgeNow = async () => {
    const startedAt = clock.now();
    const { accounts, takenAt } = look();
    const snapshot = { accounts: accounts.map(({ account }) => account), takenAt };
    judged = await deps.judge(snapshot, deps.market(snapshot));
    next = clock.now() + Math.max(REJUDGE_MS, (clock.now() - startedAt) * SHARE);
  };

  return {
    now: () => carriedJudgement(look(), judged),
    moved(instrument) {
      const holders = new Set(
        [...seen].flatMap(([id, { base }]) => (holds(base.positions, instrument) ? [id] : [])),
      );
      for (const id of holders) dirty.add(id);
      return holders;
    },
    rejudge() {
      if (running !== null) return running;
      if (!legs.haveChanged(desk.lastKnown()) && clock.now() < next) return Promise.resolve();
      running = judgeNow().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

function holds(positions: readonly Position[], { venue, symbol }: InstrumentRef): boolean {
  return positions.some(
    ({ instrument }) => instrument.venue === venue && instrument.symbol === symbol,
  );
}

/** Whether anything is held that was not judged yet. Asked at every turn: an account that was not read costs nothing. */
function createLegs() {
  const seen = new Map<
    string,
    { readonly positions: readonly Position[]; readonly legs: string }
  >();
  return {
    haveChanged({ accounts }: Snapshot): boolean {
      let isOther = false;
      for (const { account, positions } of accounts) {
        const last = seen.get(account.id);
        if (last?.positions === positions) continue;
        const legs = positions
          .map(({ instrument, side, contracts }) => {
            return `${instrument.symbol} ${side} ${contracts.toFixed()}`;
          })
          .join('|');
        isOther ||= last?.legs !== legs;
        seen.set(account.id, { positions, legs });
      }
      return isOther;
    },
  };
}
