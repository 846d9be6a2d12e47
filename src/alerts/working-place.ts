import type { Level } from './alert.ts';
import type { Draft } from './draft.ts';
import { rankOf } from './level.ts';
import { ruleOf } from './route-intent.ts';

/** The place itself, or while it is broken its fallback, or any other that takes such a level. */
export function workingPlace(draft: Draft, id: string, level: Level): string {
  return isWorking(draft, id) ? id : (fallbackFor(draft, id, level) ?? id);
}

/** Where to go instead; null: there is nowhere else. */
export function fallbackFor(draft: Draft, id: string, level: Level): string | null {
  const { settings } = draft;
  const tried = new Set([id]);
  let next = ruleOf(id, settings)?.fallback ?? null;
  while (next !== null && !tried.has(next)) {
    if (isWorking(draft, next)) return next;
    tried.add(next);
    next = ruleOf(next, settings)?.fallback ?? null;
  }
  const others = settings.destinations.filter(
    (each) => each.id !== id && isWorking(draft, each.id) && rankOf(each.minLevel) <= rankOf(level),
  );
  return others[0]?.id ?? null;
}

/** A broken place is tried again now and then, with whatever is due. */
function isWorking(draft: Draft, id: string): boolean {
  const { broken } = draft.destinationOf(id);
  return broken === null || draft.now >= broken.tryAgainAt;
}
