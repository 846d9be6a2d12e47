import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { type Ailment, ailmentWord } from './vital-signs.ts';

/** The outside check. `false`: it could not be reached; it will notice by itself. Never rejects. */
interface DeadManSwitch {
  well(): Promise<boolean>;
  unwell(reason: string): Promise<boolean>;
}

interface DeadManDeps {
  readonly to: DeadManSwitch;
  readonly ailments: () => readonly Ailment[];
  readonly everyMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Says outside that all is well, again and again, and says why when it is not. Whoever stops hearing
 * from us raises the alarm: a program that hangs cannot do that itself.
 */
export async function runDeadMan(deps: DeadManDeps): Promise<void> {
  const { to, clock, log, signal } = deps;
  while (!signal.aborted) {
    const [first, ...more] = deps.ailments();
    const reason = first && [first, ...more].map(ailmentWord).join(', ');
    const isHeard = await (reason === undefined ? to.well() : to.unwell(reason));
    if (reason !== undefined) log.error('the desk is not well', { reason });
    if (!isHeard) log.warn('the watchdog address does not answer', {});
    await clock.after(deps.everyMs, signal);
  }
}
