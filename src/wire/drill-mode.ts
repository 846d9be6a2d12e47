import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../adapters/store/open-store.ts';
import { drillReply } from '../app/drill/drill-reply.ts';
import { nearest } from '../replies/nearest.ts';
import { renderText } from '../replies/render-text.ts';
import type { Reply } from '../replies/reply.ts';
import { createTranslate } from '../replies/translate.ts';
import { recordedCrashes } from '../risk/stress/recorded-crashes.ts';
import type { Scenario } from '../risk/stress/scenario.ts';
import { SIM_ASSETS } from '../sim/model.ts';
import { startSim } from '../sim/start-sim.ts';
import { demoSetup } from './demo-setup.ts';
import { playDrill } from './drill.ts';
import { clock, log } from './parts.ts';
import { type Program, startProgram } from './program.ts';
import { paintOf, widthOf } from './screen.ts';
import { shellLocale } from './shell-locale.ts';

const USUAL_SPEED = 600;
/** Chances need the market's history; without it the rules about distance and health still speak. */
const MARKET_WAIT_MS = 8000;

/**
 * Plays a recorded crash on a demo desk of its own: no desk file is read and no store is touched, so it
 * can never reach a real account.
 */
export async function drillMode(words: readonly string[]): Promise<number> {
  const say = createTranslate(shellLocale());
  const crashes = recordedCrashes(SIM_ASSETS);
  const known = crashes.map(({ id }) => id).join(', ');
  const asked = readWords(words, crashes);
  if (asked === 'help') {
    process.stdout.write(`${say('crash.usage', { known })}\n`);
    return 0;
  }
  if (asked === null) {
    const near = nearest(
      words[0] ?? '',
      crashes.map(({ id }) => id),
    );
    const hint = near === null ? '' : `${say('crash.near', { near })} `;
    process.stderr.write(`${hint}${say('crash.usage', { known })}\n`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-drill-'));
  try {
    return await play(asked, join(folder, 'drill.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Asked {
  readonly crash: Scenario;
  readonly speed: number;
}

function readWords(words: readonly string[], crashes: readonly Scenario[]): Asked | 'help' | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { speed: { type: 'string' }, help: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.help) return 'help';
    const crash = crashes.find(({ id }) => id === positionals[0]);
    const speed = Number(values.speed ?? USUAL_SPEED);
    const isGood = Number.isFinite(speed) && speed > 0 && positionals.length === 1;
    return crash && isGood ? { crash, speed } : null;
  } catch {
    // An option that is none.
    return null;
  }
}

async function play({ crash, speed }: Asked, path: string): Promise<number> {
  const store = await openStore({ path });
  if (!store.ok) {
    log.error('the drill has no store', { kind: store.error.kind });
    return 1;
  }
  const sim = await startSim({ seed: 'plimsoll', start: clock.now() });
  const setup = demoSetup(sim, {
    ...{ store: store.value, path, keepMs: 86_400_000 * 7 },
    chat: { discord: null, telegram: null, chats: { discord: [], telegram: [] } },
    commentary: { model: null },
  });
  const program = await startProgram(setup, { marketWaitMs: MARKET_WAIT_MS });
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort());
  const voice = program.voices[setup.locale];
  const show = (reply: Reply) => {
    const text = renderText(reply, { ...voice, ...paintOf(), width: widthOf() });
    process.stdout.write(`${text}\n\n`);
  };
  process.stdout.write(`${voice.say('crash.begins', { crash: crash.id, speed })}\n\n`);
  await Promise.race([warm(program), clock.after(MARKET_WAIT_MS, stop.signal)]);
  const outcome = await playDrill({
    ...{ crash, speed, sim, program, locale: setup.locale, show, signal: stop.signal },
  });
  show(drillReply(crash, outcome, voice));
  await program.close();
  return 0;
}

async function warm(program: Program): Promise<void> {
  await program.warmMarket().catch(() => log.error('the market of the drill is not read', {}));
}
