import { unreachable } from '../domain/result.ts';
import type { StoreError } from '../ports/store-error.ts';
import type { Translate } from '../replies/translate.ts';

/** Why the store cannot be used, and what to do: one sentence for the operator. */
export function storeErrorText(
  error: StoreError,
  { path, say }: { readonly path: string; readonly say: Translate },
): string {
  switch (error.kind) {
    case 'unreachable':
      return say(`store.unreachable.${error.reason}`, { path });
    case 'newer':
      return say('store.newer', { path });
    case 'disk':
      return say('store.disk', { path, code: error.code });
    case 'not-a-store':
    case 'corrupt':
    case 'busy':
    case 'full':
    case 'taken':
    case 'lost':
      return say(`store.${error.kind}`, { path });
    case 'crashed':
    case 'closed':
    case 'refused':
      return say('store.stopped', { path });
    default:
      return unreachable(error);
  }
}
