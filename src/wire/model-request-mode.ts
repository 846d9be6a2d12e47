import { terminalActor } from '../app/people.ts';
import { print } from './door.ts';
import { startProgram } from './program.ts';
import { chooseDesk, setUp } from './setup.ts';

const MARKET_WAIT_MS = 4000;

/** Prints, to the last character, what a model would be sent about the desk as it is now. Nothing is sent. */
export async function modelRequestMode(): Promise<number> {
  const opened = await chooseDesk();
  if (!opened) return 2;
  const setup = await setUp(opened);
  if (!setup) return 2;
  const program = await startProgram(setup, { marketWaitMs: MARKET_WAIT_MS });
  const { say } = program.voices[setup.locale];
  const actor = terminalActor(setup.people, { person: null, isDemo: setup.isDemo });
  const found = actor && (await program.dispatch({ line: '/liq', actor, locale: setup.locale }));
  const report = found?.answer?.report;
  const request = report && (await program.commentator.requestFor(await report()));
  const body = request && program.model.bodyOf(request);
  await program.close();
  if (program.model.name === null) {
    return print({ exit: 2, stdout: '', stderr: `${say('commentary.noModel')}\n` });
  }
  const stdout = `${body ?? say('commentary.noRequest')}\n`;
  return print({ exit: report ? 0 : 1, stdout, stderr: '' });
}
