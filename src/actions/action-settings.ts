import type { ActionLimits } from './consent.ts';

/** As the desk file says; a desk without them lets nobody act. */
export interface ActionSettings {
  readonly limits: ActionLimits;
  /** How long a preview is worth something, ms. */
  readonly previewTtlMs: number;
}
