import type { FlattenCard } from '../../src/app/protection/flatten-refusal.ts';

/** `data.preview` while nobody has agreed, `data.outcome` from then on, as every action has it. */
export function flattenData({ token, record }: FlattenCard): Readonly<Record<string, unknown>> {
  const { state, scope, legs, unread, expiresAt, report, id, approvedBy } = record;
  const shared = { token, action: 'flatten', scope, unread };
  if (state === 'pending') {
    const preview = { legs, expiresAt: new Date(expiresAt).toISOString(), needsApproval: true };
    return { preview: { ...shared, ...preview } };
  }
  const ended = report?.map(({ leg, ...rest }) => ({ ...leg, ...rest })) ?? null;
  return {
    outcome: {
      ...{ ...shared, clientRef: id, approvedBy, legs: ended ?? legs },
      ...{ state: OUTCOME[state], reason: REASONS.has(state) ? state : null },
    },
  };
}

/** In the words of the contract; a rest that is open is told by `reason` and leg by leg. */
const OUTCOME = {
  ...{ confirmed: 'pending', running: 'unknown', done: 'done', partly: 'unknown' },
  ...{ cancelled: 'cancelled', expired: 'expired', interrupted: 'unknown' },
} as const;

const REASONS: ReadonlySet<string> = new Set(['running', 'partly', 'interrupted']);
