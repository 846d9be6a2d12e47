import type { Position } from '../../domain/position.ts';
import type { AlertInstance } from '../alert.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { AlertView } from './alert-view.ts';
import { positionSubject } from './position-samples.ts';

/**
 * Whether what an alert is about is on the desk as far as it is known, so that a look without a word of
 * it is a gap and not an end: a price that nobody sent, a queue that nobody told of.
 */
export function isStillThere(
  { fingerprint, rule, subject }: AlertInstance,
  view: AlertView,
): boolean {
  const accounts = view.desk.accounts.map(({ account }) => account);
  const holds = (matches: (position: Position) => boolean) =>
    view.desk.positions.some(({ position }) => matches(position));
  const isHedged = (account: string) =>
    accounts.some(({ account: each }) => {
      return each.id === account && each.books.some((book) => view.hedgedBooks.includes(book));
    });
  switch (subject.kind) {
    case 'desk':
      return true;
    case 'venue':
      return accounts.some(({ account }) => account.venue === subject.venue);
    case 'account':
      return accounts.some(({ account }) => account.id === subject.account);
    case 'instrument':
      return holds(
        ({ venue, instrument }) =>
          venue === subject.venue && instrument.symbol === subject.instrument,
      );
    case 'asset':
      // A dollar coin is what everything is counted in; exposure is told by the rule itself.
      if (rule === 'depeg') return true;
      return rule === 'priceMove' && holds(({ instrument }) => instrument.asset === subject.asset);
    case 'book':
      return false;
    default:
      return (
        (rule !== 'adlRank' || isHedged(subject.account)) &&
        holds(
          (position) =>
            fingerprintOf(rule, positionSubject(position)) === fingerprint &&
            (rule !== 'healthFactor' || position.marginMode === 'isolated'),
        )
      );
  }
}
