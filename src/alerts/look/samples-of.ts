import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { JudgedPosition } from '../../risk/probability/judge-desk.ts';
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
  return [
    ...accountParts(view, settings, null),
    ...[
      () => deskSamples(view, settings),
      () => marketSamples(view, settings),
      () => watchSamples(view),
    ].map(switchedOn(settings)),
  ];
}

/**
 * What a mark or one reading touches: these accounts with their positions, and the road of these assets.
 * Of the desk as one the whole look tells.
 */
export function touchedParts(
  view: AlertView,
  settings: AlertSettings,
  touched: { readonly accounts: ReadonlySet<string>; readonly assets: ReadonlySet<string> },
): (() => Sample[])[] {
  const marks = new Map([...view.marks].filter(([asset]) => touched.assets.has(asset)));
  const roads = { ...view, marks, funding: [], adl: [], coins: [] };
  return [
    ...accountParts(view, settings, touched.accounts),
    switchedOn(settings)(() => marketSamples(roads, settings)),
  ];
}

/** Of all accounts, or of some. */
function accountParts(
  view: AlertView,
  settings: AlertSettings,
  only: ReadonlySet<string> | null,
): (() => Sample[])[] {
  const accounts = new Map(view.desk.accounts.map(({ account }) => [account.account.id, account]));
  const isAsked = (id: string) => only === null || only.has(id);
  const judged = view.desk.accounts.filter(({ account }) => isAsked(account.account.id));
  const positions = view.desk.positions.filter(({ position }) => isAsked(position.account));
  return [
    ...judged.map((account) => () => accountSamples(view, account)),
    ...positions.map((risk) => () => {
      const account = accounts.get(risk.position.account);
      return account === undefined ? [] : samplesOfPosition(view, risk, { account, settings });
    }),
  ].map(switchedOn(settings));
}

function samplesOfPosition(
  view: AlertView,
  risk: JudgedPosition,
  { account, settings }: { readonly account: AccountSnapshot; readonly settings: AlertSettings },
): Sample[] {
  const { asset } = risk.position.instrument;
  const scope = { account: account.account.id, asset, books: account.account.books };
  const stops = settingsFor(settings, 'missingStop', scope);
  return [
    ...positionSamples(view, risk, account),
    ...(stops === null ? [] : [stopSample(view, risk, { account, settings: stops })]),
  ];
}

function switchedOn(settings: AlertSettings): (part: () => Sample[]) => () => Sample[] {
  const isOn = ({ rule, scope }: Sample) => settingsFor(settings, rule, scope) !== null;
  return (part) => () => part().filter(isOn);
}
