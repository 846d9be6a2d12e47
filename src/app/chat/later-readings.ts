import { faultTrace } from '../../domain/fault-trace.ts';
import type { ChatView, Network } from '../../ports/chat.ts';
import type { Log } from '../../ports/log.ts';
import type { Outcome } from '../dispatch.ts';

/** Messages that may yet get another reading, until somebody presses a button below them. */
export interface LaterReadings {
  /** What is shown below this button is about to be something else. */
  pressed(token: string): void;
  /** Waits for the reading and shows it, once, if it says something else and the message is still the same. Never rejects. */
  bring(first: Outcome, view: ChatView, how: ShowLater): Promise<void>;
}

interface ShowLater {
  readonly network: Network;
  /** The same question anew, for a desk that has moved on. */
  again(): Promise<Outcome>;
  show(outcome: Outcome): Promise<unknown>;
}

export function createLaterReadings(log: Log): LaterReadings {
  const waiting = new Map<string, AbortController>();
  return {
    pressed: (token) => waiting.get(token)?.abort(),
    async bring(first, view, { network, again, show }) {
      if (!first.later) return;
      const left = new AbortController();
      const tokens = view.buttons.flat().map(({ token }) => token);
      for (const token of tokens) waiting.set(token, left);
      try {
        const found = await first.later();
        const outcome = found === 'moved' && !left.signal.aborted ? await again() : found;
        if (outcome === null || outcome === 'moved' || left.signal.aborted) return;
        if (outcome.answer && (found === 'moved' || isOther(first, outcome))) await show(outcome);
      } catch (cause) {
        log.error('a reading is not brought', { network, error: faultTrace(cause) });
      } finally {
        for (const token of tokens) waiting.delete(token);
      }
    },
  };
}

/** The last paragraph says who ranked: by itself it is worth an edit only when it says that nobody could. */
function isOther({ reading: a }: Outcome, { reading: b }: Outcome): boolean {
  const said = (reading: Outcome['reading']) => reading?.paragraphs.slice(0, -1).join('\n');
  return b?.mode === 'rule' || said(a) !== said(b);
}
