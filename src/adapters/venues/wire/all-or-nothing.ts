import type { WriteOutcome } from '../../../ports/venue-writer.ts';

/** One call of an act that needs several, and the call that takes it back. */
export interface WriteStep {
  act(): Promise<WriteOutcome>;
  undo(): Promise<WriteOutcome>;
}

/**
 * Calls that belong together, one after the other. At a refusal the earlier ones are taken back, the last
 * first: taken back completely it is that refusal, else `partly`. At `unknown` nothing more is sent, no
 * taking back either: only a look can tell what stands. No steps: nothing changes.
 */
export async function allOrNothing(steps: readonly WriteStep[]): Promise<WriteOutcome> {
  const done: WriteStep[] = [];
  let venueRef: string | null = null;
  for (const step of steps) {
    const outcome = await step.act();
    if (outcome.kind === 'refused') return takeBack(done, outcome);
    if (outcome.kind !== 'accepted') return outcome;
    venueRef ??= outcome.venueRef;
    done.push(step);
  }
  return done.length === 0
    ? { kind: 'refused', reason: 'nothing-changes', venueCode: null }
    : { kind: 'accepted', venueRef };
}

/** Every step is tried: one that cannot be taken back is no reason to leave the others. */
async function takeBack(done: readonly WriteStep[], refusal: WriteOutcome): Promise<WriteOutcome> {
  let isWhole = true;
  for (const step of done.toReversed()) {
    const outcome = await step.undo();
    if (outcome.kind !== 'accepted') isWhole = false;
  }
  return isWhole ? refusal : { kind: 'partly' };
}
