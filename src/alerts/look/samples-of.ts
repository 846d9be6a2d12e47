import type { AlertSettings } from '../rule-settings.ts';
import { settingsFor } from '../rule-settings.ts';
import type { Sample } from '../sample.ts';
import { accountSamples } from './account-samples.ts';
import type { AlertView } from './alert-view.ts';
import { deskSamples } from './desk-samples.ts';
import { marketSamples } from './market-samples.ts';
import { positionSamples } from './position-samples.ts';
import { stopSample } from './stop-samples.ts';
import { watchSamples } from './watch-samples.ts';

/** One sample per rule and subject that is there to be judged; rules that are off see nothing. */
export function samplesOf(view: AlertView, settings: AlertSettings): Sample[] {
  return sampleParts(view, settings).flatMap((part) => part());
}

/**
 * The same in parts that know nothing of each other, one per account, position and kind of look: whoever
 * calls them one by one loses no other when one of them has a bug.
 */
export function sampleParts(view: AlertView, settings: AlertSettings): (() => Sample[])[] {
  const accounts = new Map(view.desk.accounts.map(({ account }) => [account.account.id, account]));
  const positions = view.desk.positions.map((risk) => () => {
    const account = accounts.get(risk.position.account);
    if (account === undefined) return [];
    const { asset } = risk.position.instrument;
    const scope = { account: account.account.id, asset, books: account.account.books };
    const stops = settingsFor(settings, 'missingStop', scope);
    return [
      ...positionSamples(view, risk, account),
      ...(stops === null ? [] : [stopSample(view, risk, { account, settings: stops })]),
    ];
  });
  const parts = [
    ...view.desk.accounts.map((account) => () => accountSamples(view, account)),
    ...positions,
    () => deskSamples(view, settings),
    () => marketSamples(view, settings),
    () => watchSamples(view),
  ];
  const isOn = ({ rule, scope }: Sample) => settingsFor(settings, rule, scope) !== null;
  return parts.map((part) => () => part().filter(isOn));
}
