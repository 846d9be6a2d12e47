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
  const accounts = new Map(view.desk.accounts.map(({ account }) => [account.account.id, account]));
  const positions = view.desk.positions.flatMap((risk) => {
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
  return [
    ...view.desk.accounts.flatMap((account) => accountSamples(view, account)),
    ...positions,
    ...deskSamples(view, settings),
    ...marketSamples(view, settings),
    ...watchSamples(view),
  ].filter(({ rule, scope }) => settingsFor(settings, rule, scope) !== null);
}
