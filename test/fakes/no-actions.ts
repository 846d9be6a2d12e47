import type { ActionDesk } from '../../src/app/actions/action-desk.ts';
import type { ActionRefusal } from '../../src/app/actions/action-refusal.ts';
import { err, ok } from '../../src/domain/result.ts';

const REFUSAL: ActionRefusal = { kind: 'consent', reason: 'not-configured' };

/** A desk on which nobody may act. */
export const noActions: ActionDesk = {
  propose: async () => err(REFUSAL),
  confirm: async () => err(REFUSAL),
  approve: async () => err(REFUSAL),
  cancel: async () => err(REFUSAL),
  stops: async () => err(REFUSAL),
  check: async () => err(REFUSAL),
  since: async () => ok([]),
  audit: async () => err(REFUSAL),
};
