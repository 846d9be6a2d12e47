import { inspectDesk } from '../app/doctor.ts';
import { renderText } from '../replies/render-text.ts';
import { checkChats } from './check-chats.ts';
import { checkPush } from './check-push.ts';
import { print } from './door.ts';
import { clock, log, voiceOf } from './parts.ts';
import { READ_TIMEOUT_MS } from './program.ts';
import { widthOf } from './screen.ts';
import { chooseDesk, setUp } from './setup.ts';
import { createVenues } from './venues.ts';

/** The doctor. */
export async function checkMode(): Promise<number> {
  const opened = await chooseDesk();
  if (!opened) return 2;
  const setup = await setUp(opened);
  if (!setup) return 2;
  const voice = voiceOf(setup.locale, setup.timezone);
  const { reply, exit } = await inspectDesk({
    ...voice,
    deskName: setup.name,
    accounts: setup.accounts,
    readers: (await createVenues(setup.connections)).readers,
    chats: await checkChats(setup),
    places: await checkPush(setup),
    tradeAccess: setup.tradeAccess,
    unusedSections: setup.unused,
    clock,
    log,
    timeoutMs: READ_TIMEOUT_MS,
  });
  await setup.close();
  const stdout = `${renderText(reply, { ...voice, width: widthOf() })}\n`;
  return print({ exit, stdout, stderr: '' });
}
