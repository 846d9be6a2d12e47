import type { Role } from '../../src/app/command.ts';
import type { CommandRequest, Dispatch } from '../../src/app/dispatch.ts';
import type { ChatGateway } from '../../src/ports/chat.ts';
import { startChats } from '../../src/wire/chats.ts';
import type { Setup } from '../../src/wire/setup.ts';
import { type AheadClock, aheadClock } from './ahead-clock.ts';
import { type DemoProgramOptions, startDemoProgram } from './demo-program.ts';
import { type FakeDiscord, startFakeDiscord } from './fake-discord/start-fake-discord.ts';
import { createRequestValidator } from './fake-discord/validate-requests.ts';
import { checkRequests } from './fake-telegram/check-requests.ts';
import { type FakeTelegram, startFakeTelegram } from './fake-telegram/start-fake-telegram.ts';

type Demo = Awaited<ReturnType<typeof startDemoProgram>>;

/** The whole program with both chats, against the stand-ins. */
export interface ChatWorld {
  readonly discord: FakeDiscord;
  readonly telegram: FakeTelegram;
  readonly clock: AheadClock;
  readonly program: Demo['program'];
  readonly ask: Demo['ask'];
  /** What came as far as the command core, in order. */
  readonly dispatched: CommandRequest[];
  readonly gateways: () => readonly ChatGateway[];
  /** Ends the chats and connects anew, as a restart of the program does; the store stays. */
  restart(meanwhile?: () => void): Promise<void>;
  /** Every request so far against what the platforms publish. */
  validate(): { readonly checked: number; readonly problems: readonly string[] };
  close(): Promise<void>;
}

export interface ChatWorldOptions {
  /** What is not as on the demo desk; the chats' addresses are filled in. */
  readonly setup?: Partial<Setup>;
  readonly discordRoles?: Readonly<Record<string, Role>>;
  /** How long an answer waits for a simulation; long, so that every answer has the same figures. */
  readonly marketWaitMs?: number;
  /** In place of the venues' own. */
  readonly writer?: DemoProgramOptions['writer'];
  /** In place of the command core, or around it; the market is read beforehand only without. */
  readonly dispatch?: (real: Dispatch) => Dispatch;
}

export async function startChatWorld(options: ChatWorldOptions = {}): Promise<ChatWorld> {
  const { setup = {} } = options;
  const clock = aheadClock();
  const [discord, telegram] = await Promise.all([
    startFakeDiscord({ clock }),
    startFakeTelegram(clock),
  ]);
  const chats = setup.chat?.chats ?? { discord: [], telegram: [] };
  const { token, application, guild, apiUrl } = discord;
  // The market is read once, so that every answer speaks of the same figures.
  const demo = await startDemoProgram({
    marketWaitMs: options.marketWaitMs ?? 8000,
    freshForMs: 1e9,
    ...(options.writer ? { writer: options.writer } : {}),
    setup: {
      staleAfterMs: 1e9,
      ...setup,
      chat: {
        discord: { token, application, guild, apiUrl, roles: options.discordRoles ?? {} },
        telegram: { token: telegram.token, apiRoot: telegram.apiRoot, webhook: null },
        chats,
      },
    },
  });
  const dispatch = options.dispatch?.(demo.program.dispatch) ?? demo.program.dispatch;
  if (!options.dispatch) await demo.program.warmMarket();
  const dispatched: CommandRequest[] = [];
  const program = {
    ...demo.program,
    dispatch: (request: CommandRequest) => {
      dispatched.push(request);
      return dispatch(request);
    },
  };
  const start = () => startChats(program, clock);
  let gateways = await start();
  await discord.world.until('commands', () => discord.world.commands.length > 0);
  const stop = async () => {
    await Promise.all(gateways.map((gateway) => gateway.close()));
    program.networks.length = 0;
  };
  const validateDiscord = (requests: FakeDiscord['world']['requests']) =>
    createRequestValidator()(requests);
  return {
    ...{ discord, telegram, clock, program, dispatched },
    ask: demo.ask,
    gateways: () => gateways,
    restart: async (meanwhile) => {
      await stop();
      meanwhile?.();
      gateways = await start();
    },
    validate: () => {
      const own = validateDiscord(discord.world.requests);
      const problems = [...own.problems, ...checkRequests(telegram.requests)];
      return { checked: own.checked + telegram.requests.length, problems };
    },
    close: async () => {
      await stop();
      await Promise.all([discord.close(), telegram.close(), demo.close()]);
    },
  };
}
