import { resolveSettings } from '../alerts/resolve-settings.ts';
import type { AlertSettings } from '../alerts/rule-settings.ts';
import { DEMO_ACTIONS } from '../app/actions/demo-settings.ts';
import { DEMO_PEOPLE } from '../app/people.ts';
import { DEMO_PLANS } from '../app/protection/demo-plans.ts';
import { NO_SELF_WATCH } from '../config/self-watch-settings.ts';
import { asAccountId } from '../domain/units.ts';
import type { Store } from '../ports/store.ts';
import type { Sim } from '../sim/start-sim.ts';
import type { Setup } from './setup.ts';
import { shellLocale } from './shell-locale.ts';

/** The demo desk over a simulator that runs: everything but where it is kept. */
export function demoSetup(
  sim: Sim,
  {
    store,
    path,
    ...more
  }: Pick<Setup, 'chat' | 'commentary' | 'keepMs'> & {
    readonly store: Store;
    readonly path: string;
  },
): Setup {
  return {
    name: 'Demo desk',
    locale: shellLocale(),
    timezone: 'UTC',
    isDemo: true,
    accounts: sim.accounts.map(({ id, name, venue, books, fundedBy }) => ({
      id: asAccountId(id),
      name,
      venue,
      books,
      fundedBy: fundedBy.map(asAccountId),
    })),
    connections: sim.accounts.map(({ id, venue, credentials }) => ({
      account: asAccountId(id),
      venue,
      environment: 'live',
      baseUrl: sim.origin,
      wsUrl: sim.origin.replace('http', 'ws'),
      proxy: null,
      subAccount: null,
      credentials: { token: null, ...credentials },
    })),
    people: DEMO_PEOPLE,
    ...{ ...more, attemptFile: `${path}.commentary.jsonl` },
    tradeAccess: new Set(sim.accounts.map(({ id }) => id)),
    actions: DEMO_ACTIONS,
    plans: DEMO_PLANS,
    alerts: defaultAlerts(),
    hedgedBooks: ['basis'],
    destinations: [],
    routes: [],
    ...NO_SELF_WATCH,
    unused: [],
    marketDataUrl: null,
    refreshMs: 5000,
    staleAfterMs: 30_000,
    store,
    close: async () => {
      await sim.close();
      await store.close();
    },
  };
}

/** The rules as they are without a word in a desk file. */
export function defaultAlerts(): AlertSettings {
  const settings = resolveSettings({});
  if (settings.ok) return settings.value;
  throw new TypeError('the default rules do not fit together');
}
