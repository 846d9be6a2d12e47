import { commands } from '../../commands/index.ts';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { createCcxtVenues } from '../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { createZtdxVenues } from '../../src/adapters/venues/ztdx/ztdx-venues.ts';
import { createDesk } from '../../src/app/desk.ts';
import { createDispatch } from '../../src/app/dispatch.ts';
import { DEMO_PEOPLE, terminalActor } from '../../src/app/people.ts';
import { presentPrinted } from '../../src/app/present.ts';
import type { Account } from '../../src/domain/account.ts';
import { asAccountId } from '../../src/domain/units.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { createTranslate } from '../../src/replies/translate.ts';
import type { SimDesk } from '../../src/sim/model.ts';
import { startSim } from '../../src/sim/start-sim.ts';

export interface DemoProgramOptions {
  readonly desk?: (start: number) => SimDesk;
  /** Short, so that a stalled venue costs a test little. */
  readonly requestMs?: number;
  readonly now?: () => number;
}

/** The program as main wires it, on a simulator of its own, with every part real but the terminal. */
export async function startDemoProgram(options: DemoProgramOptions = {}) {
  const requestMs = options.requestMs ?? 8000;
  const sim = await startSim({
    seed: 'test',
    ...(options.desk ? { desk: options.desk } : {}),
    ...(options.now ? { now: options.now } : {}),
  });
  const accounts: Account[] = sim.accounts.map(({ id, name, venue, books, fundedBy }) => ({
    id: asAccountId(id),
    name,
    venue,
    books,
    fundedBy: fundedBy.map(asAccountId),
  }));
  const makeReader = {
    ccxt: createCcxtVenues(systemClock, { requestMs, halfMs: requestMs * 2 }).reader,
    ztdx: createZtdxVenues(systemClock, { requestMs }).reader,
  };
  const readers = sim.accounts.map(({ id, venue, credentials }) =>
    makeReader[venue === 'ztdx' ? 'ztdx' : 'ccxt']({
      account: asAccountId(id),
      venue,
      environment: 'live',
      baseUrl: sim.origin,
      proxy: null,
      credentials: { token: null, ...credentials },
    }),
  );
  const logged: string[] = [];
  const log = {
    error: (event: string) => logged.push(event),
    warn: (event: string) => logged.push(event),
  };
  const desk = createDesk({
    accounts,
    readers,
    clock: systemClock,
    log,
    readTimeoutMs: requestMs * 2 + 1000,
    freshForMs: 0,
    staleAfterMs: 30_000,
  });
  const voiceOf = (locale: 'en' | 'zh-CN') => ({
    say: createTranslate(locale),
    format: createFormatter(locale, 'UTC'),
  });
  const voices = { en: voiceOf('en'), 'zh-CN': voiceOf('zh-CN') };
  const dispatch = createDispatch({
    commands,
    desk,
    accounts,
    deskName: 'Demo desk',
    isDemo: true,
    clock: systemClock,
    ids: { next: () => 'id-1' },
    log,
    voices,
    status: () => ({ version: '0.0.0', startedAt: 0, loops: [] }),
  });
  const ask = async (
    line: string,
    how: { json?: boolean; locale?: 'en' | 'zh-CN'; as?: string; width?: number } = {},
  ) => {
    const locale = how.locale ?? 'en';
    const actor = terminalActor(DEMO_PEOPLE, { person: how.as ?? null, isDemo: true });
    if (!actor) throw new TypeError('no such person');
    const outcome = await dispatch({ line, actor, locale });
    return presentPrinted(outcome, {
      ...voices[locale],
      locale,
      width: how.width ?? 80,
      json: how.json ?? false,
    });
  };
  return { sim, desk, readers, ask, logged, close: () => sim.close() };
}
