import { parseAsk } from '../adapters/chat/terminal/parse-ask.ts';
import { askConsole } from '../adapters/http/ask-console.ts';
import { doorOf, print } from './door.ts';
import { chooseDesk, setUp } from './setup.ts';

/** One question has nobody waiting with a finger on a key: it may wait for the market's history. */
const MARKET_WAIT_MS = 4000;

/** Runs one command: at the running console when there is one, else here. */
export async function askMode(words: readonly string[]): Promise<number> {
  const asked = parseAsk(words);
  if (!asked.ok) return print({ exit: 2, stdout: '', stderr: `${asked.error}\n` });
  const opened = await chooseDesk();
  if (!opened) return 2;
  const answered = await askConsole(doorOf(opened), asked.value);
  if (answered) return print(answered);
  // A running console needs none of it from us.
  const { startProgram } = await import('./program.ts');
  const setup = await setUp(opened);
  if (!setup) return 2;
  const program = await startProgram(setup, { marketWaitMs: MARKET_WAIT_MS });
  const printed = await program.answer(asked.value);
  await program.close();
  return print(printed);
}
