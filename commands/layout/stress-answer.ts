import type { CommandContext, Refusal } from '../../src/app/command.ts';
import { ok, type Result } from '../../src/domain/result.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { stressDetail } from './stress-detail.ts';
import { stressOverview } from './stress-overview.ts';
import { chosenScenario } from './stress-scenarios.ts';
import { type StressAnswer, stressed } from './stressed.ts';

/** Every scenario, worst first, or the one that was asked for. */
export function stressAnswer(
  wanted: string | undefined,
  snapshot: Snapshot,
  context: CommandContext,
): Result<StressAnswer & { readonly chosen: string | null }, Refusal> {
  const desk = stressed(snapshot, context);
  const chosen = chosenScenario(wanted, desk, context);
  if (!chosen.ok) return chosen;
  if (chosen.value === null) return ok({ ...stressOverview(desk, context), chosen: null });
  return ok({ ...stressDetail(chosen.value, desk, context), chosen: chosen.value.id });
}
