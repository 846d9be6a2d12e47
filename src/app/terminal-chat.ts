import type { Account } from '../domain/account.ts';
import { handlesOf } from '../domain/handle.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import type { Formatter } from '../replies/format.ts';
import type { TextOptions } from '../replies/render-text.ts';
import type { Translate } from '../replies/translate.ts';
import { wrapText } from '../replies/wrap-text.ts';
import type { Actor, CommandSpec } from './command.ts';
import { completeLine } from './complete-line.ts';
import type { Desk } from './desk.ts';
import { deskLine } from './desk-line.ts';
import type { Dispatch } from './dispatch.ts';
import { presentText } from './present.ts';
import { scenarioIds } from './scenario-ids.ts';

export interface TerminalSession {
  readonly actor: Actor;
  readonly locale: 'en' | 'zh-CN';
  readonly voice: { readonly say: Translate; readonly format: Formatter };
  readonly deskName: string;
  readonly isDemo: boolean;
  readonly accounts: readonly Account[];
  readonly commands: readonly CommandSpec[];
  readonly desk: Desk;
  readonly dispatch: Dispatch;
  /** Hands over the way to print what nobody asked for. */
  readonly onNotice?: (say: (text: string) => void) => void;
  /** Asked for each answer: a window may be resized. */
  textOptions(): Pick<TextOptions, 'width' | 'paint'>;
}

/** What the terminal adapter shows, in the words and with the rights of one person. */
export function createTerminalChat(session: TerminalSession) {
  const { actor, locale, voice, desk } = session;
  const { say } = voice;
  const fitted = (text: string) => wrapText(text, session.textOptions().width).join('\n');
  return {
    working: say('terminal.working'),
    ...(session.onNotice ? { onNotice: session.onNotice } : {}),
    answer: async (line: string): Promise<string> => {
      const outcome = await session.dispatch({ line, actor, locale });
      return presentText(outcome, { ...voice, ...session.textOptions() });
    },
    complete: (line: string) =>
      completeLine(line, {
        commands: session.commands,
        accounts: session.accounts.map(({ id }) => id),
        positions: [...handlesOf(positionsOf(desk.lastKnown())).values()],
        scenarios: scenarioIds(desk.lastKnown()),
        assets: [
          ...new Set(positionsOf(desk.lastKnown()).map(({ instrument }) => instrument.asset)),
        ],
      }),
    banner: (): string => {
      const accounts = say('common.accounts', { count: session.accounts.length });
      const banner = say('terminal.banner', { desk: session.deskName, accounts });
      return fitted(session.isDemo ? `${banner}\n${say('terminal.bannerDemo')}` : banner);
    },
    deskLine: () => {
      const line = deskLine(desk.lastKnown(), voice);
      return line === null ? null : fitted(line);
    },
  };
}
