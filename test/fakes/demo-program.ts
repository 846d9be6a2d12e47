import { DEMO_ACTIONS } from '../../src/app/actions/demo-settings.ts';
import { DEMO_PEOPLE } from '../../src/app/people.ts';
import { NO_SELF_WATCH } from '../../src/config/self-watch-settings.ts';
import { type AccountId, asAccountId } from '../../src/domain/units.ts';
import type { AccountWriter } from '../../src/ports/venue-writer.ts';
import type { SimDesk } from '../../src/sim/model.ts';
import { startSim } from '../../src/sim/start-sim.ts';
import { defaultAlerts } from '../../src/wire/demo-setup.ts';
import { startProgram } from '../../src/wire/program.ts';
import type { Setup } from '../../src/wire/setup.ts';
import { fakeStore } from './fake-store.ts';

export interface DemoProgramOptions {
  readonly desk?: (start: number) => SimDesk;
  /** Short, so that a stalled venue costs a test little. */
  readonly requestMs?: number;
  readonly now?: () => number;
  /** How long an answer waits for candles; 0: it does not. */
  readonly marketWaitMs?: number;
  /** A reading younger than this answers again; 0: every question asks the venues. */
  readonly freshForMs?: number;
  /** In place of the venues' own. */
  readonly writer?: (account: AccountId) => AccountWriter;
  /** What is not as on the demo desk. */
  readonly setup?: Partial<Setup>;
}

/** The program as the console runs it, on a simulator of its own; only the store is in memory. */
export async function startDemoProgram(options: DemoProgramOptions = {}) {
  const sim = await startSim({
    seed: 'test',
    ...(options.desk ? { desk: options.desk } : {}),
    ...(options.now ? { now: options.now } : {}),
  });
  const program = await startProgram(
    {
      name: 'Demo desk',
      locale: 'en',
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
      chat: { discord: null, telegram: null, chats: { discord: [], telegram: [] } },
      commentary: { model: null },
      attemptFile: '/dev/null',
      tradeAccess: new Set(sim.accounts.map(({ id }) => id)),
      actions: DEMO_ACTIONS,
      plans: [],
      alerts: defaultAlerts(),
      hedgedBooks: ['basis'],
      destinations: [],
      routes: [],
      ...NO_SELF_WATCH,
      unused: [],
      marketDataUrl: null,
      refreshMs: 5000,
      staleAfterMs: 30_000,
      store: fakeStore(),
      keepMs: 1e12,
      close: () => sim.close(),
      ...options.setup,
    },
    {
      requestMs: options.requestMs ?? 8000,
      freshForMs: options.freshForMs ?? 0,
      marketWaitMs: options.marketWaitMs ?? 0,
      ...(options.writer
        ? { writers: sim.accounts.map(({ id }) => asAccountId(id)).map(options.writer) }
        : {}),
    },
  );
  const ask = (line: string, how: { json?: boolean; locale?: 'en' | 'zh-CN'; as?: string } = {}) =>
    program.answer({
      line,
      person: how.as ?? null,
      locale: how.locale ?? null,
      json: how.json ?? false,
    });
  return { sim, program, ask, close: program.close };
}
