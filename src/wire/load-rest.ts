/**
 * Reads the files that a start leaves for later, while nobody waits for them: the first `/stress` need not,
 * and a program that was exchanged on disk meanwhile is not mixed with the one that runs.
 */
export async function loadRest(): Promise<void> {
  await import('../../commands/layout/stress-answer.ts');
  await import('../../commands/layout/margin-deaths.ts');
  await import('../../commands/layout/margin-moves.ts');
  await import('../../commands/layout/var-view.ts');
  await import('../risk/rebalance/plan-rebalance.ts');
  await import('../app/daily-forecast.ts');
}
