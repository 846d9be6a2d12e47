import type { CommandContext, Refusal } from '../../src/app/command.ts';
import type { Result } from '../../src/domain/result.ts';
import { err, ok } from '../../src/domain/result.ts';
import { nearest } from '../../src/replies/nearest.ts';
import type { Scenario } from '../../src/risk/stress/scenario.ts';
import { sameWord } from './known-asset.ts';
import type { StressedDesk } from './stressed.ts';

/** Shown to somebody who guesses: one of each kind that a desk always has. */
const EXAMPLES = ['2025-10-10', 'all-30', 'corr1-20', 'funding+0.3', 'legs-apart'];

/** The scenario of that id, null without one, or a refusal that names the nearest. */
export function chosenScenario(
  word: string | undefined,
  { scenarios, withoutVolatility }: StressedDesk,
  { say }: CommandContext,
): Result<Scenario | null, Refusal> {
  if (word === undefined) return ok(null);
  const ids = scenarios.map(({ id }) => id);
  const id = sameWord(word, ids);
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found !== undefined) return ok(found);
  if (/^vol-/iu.test(word) && withoutVolatility.length > 0) {
    return err({ text: say('stress.volatility', { assets: withoutVolatility.join(', ') }) });
  }
  const near = nearest(word, ids);
  if (near !== null) return err({ text: say('stress.unknownScenarioNear', { id: word, near }) });
  const examples = EXAMPLES.filter((each) => ids.includes(each)).join(', ');
  return err({ text: say('stress.unknownScenario', { id: word, examples }) });
}
