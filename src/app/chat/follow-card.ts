import type { Clock } from '../../ports/clock.ts';
import type { Answer } from '../command.ts';

/** A platform lets a message be changed for about so long; afterwards whoever wants to know asks. */
const LONGEST_MS = 12 * 60_000;
const MOST_PAUSE_MS = 60_000;

type Follow = NonNullable<Answer['follow']>;

/**
 * Looks again at what a card is about, at the time it says and then ever less often, until it is
 * another: an expired card loses its buttons, an unknown outcome becomes known where it was shown.
 */
export async function followCard(
  first: Follow,
  deps: {
    readonly clock: Clock;
    ask(line: string): Promise<Answer | null>;
    show(answer: Answer): Promise<unknown>;
  },
): Promise<void> {
  const { clock } = deps;
  const until = clock.now() + LONGEST_MS;
  let wait = Math.max(0, first.at - clock.now());
  let growing = 1000;
  while (clock.now() + wait < until) {
    await clock.after(wait);
    const answer = await deps.ask(first.line);
    if (answer === null) return;
    if (answer.follow?.stage !== first.stage) {
      await deps.show(answer);
      return;
    }
    growing = Math.min(growing * 2, MOST_PAUSE_MS);
    wait = Math.max(growing, answer.follow.at - clock.now());
  }
}
