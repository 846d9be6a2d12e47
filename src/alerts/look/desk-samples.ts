import type { Snapshot } from '../../portfolio/snapshot.ts';
import { assessExposure } from '../../risk/exposure.ts';
import type { Subject } from '../alert.ts';
import type { AlertSettings } from '../rule-settings.ts';
import { settingsFor } from '../rule-settings.ts';
import type { Sample } from '../sample.ts';
import type { AlertView } from './alert-view.ts';
import { footingOf, sampleAt, worstFooting } from './sample-at.ts';

/** The desk as one: its pool, where it is concentrated, and whether its hedges hold. */
export function deskSamples(view: AlertView, settings: AlertSettings): Sample[] {
  return [pooledSample(view, settings), ...shareSamples(view), ...hedgeSamples(view)];
}

/** Thin together, though each may be healthy alone: then nobody else would say so. */
function pooledSample(view: AlertView, settings: AlertSettings): Sample {
  const { accounts, totals } = view.desk;
  const isHealthyAlone = accounts.every(({ marginUsage, account }) => {
    const { id, books } = account.account;
    const rule = settingsFor(settings, 'marginUsage', { account: id, asset: null, books });
    const warn = rule?.levels.WARN?.enter;
    return marginUsage === null || warn === undefined || marginUsage.lt(warn);
  });
  const footings = accounts.map(({ account }) => footingOf(account, 'margin', view));
  const names = { rule: 'pooledMargin', subject: { kind: 'desk' } } as const;
  return sampleAt(view, names, {
    ...worstFooting(footings),
    value: totals.marginUsage,
    facts: { healthyAlone: isHealthyAlone ? 'yes' : 'no' },
  });
}

/** Of a part of the desk: nothing of it may be old, or a share would be of something else. */
function footingOfAll(view: AlertView, { accounts }: Pick<Snapshot, 'accounts'>) {
  return worstFooting(
    accounts.flatMap((account) => [
      footingOf(account, 'positions', view),
      ...(account.margin === null ? [] : [footingOf(account, 'margin', view)]),
    ]),
  );
}

function shareSamples(view: AlertView): Sample[] {
  const snapshot = snapshotOf(view, () => true);
  const footing = footingOfAll(view, snapshot);
  return assessExposure(snapshot).byAsset.map(({ asset, share }) =>
    sampleAt(
      view,
      { rule: 'concentration', subject: { kind: 'asset', asset } },
      { ...footing, value: share, scope: { account: null, asset, books: [] }, facts: { asset } },
    ),
  );
}

function hedgeSamples(view: AlertView): Sample[] {
  return view.hedgedBooks.flatMap((book) => {
    const snapshot = snapshotOf(view, (books) => books.includes(book));
    const footing = footingOfAll(view, snapshot);
    const venues = [...new Set(snapshot.accounts.map(({ account }) => account.venue))].join(' ');
    return assessExposure(snapshot).byAsset.map(({ asset, hedgeRatio }) => {
      const subject: Subject = { kind: 'book', book, asset };
      const scope = { account: null, asset, books: [book] };
      const facts = { book, asset, venues };
      return sampleAt(
        view,
        { rule: 'hedgeRatio', subject },
        { ...footing, value: hedgeRatio, scope, facts },
      );
    });
  });
}

function snapshotOf(view: AlertView, isIn: (books: readonly string[]) => boolean): Snapshot {
  const accounts = view.desk.accounts.map(({ account }) => account);
  return {
    accounts: accounts.filter(({ account }) => isIn(account.books)),
    takenAt: view.desk.takenAt,
  };
}
