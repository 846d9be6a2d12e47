import type { ActionDeps } from './action-deps.ts';
import { advance, type Kept } from './ledger.ts';

/** A preview whose time is over is worth nothing; the row as it is afterwards, whoever was faster. */
export async function expire(kept: Kept, deps: ActionDeps): Promise<Kept> {
  const note = { what: 'expired', actor: null, detail: {} };
  const step = await advance(kept, { event: 'expire', change: {}, note }, deps);
  return step.ok ? step.value : { ...kept, row: { ...kept.row, state: 'expired' } };
}
