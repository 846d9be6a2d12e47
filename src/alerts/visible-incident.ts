import type { Incident } from './incident.ts';

/** Somebody limited to some accounts sees what speaks of those, and what belongs to no account. */
export function isVisible(incident: Incident, accounts: readonly string[] | null): boolean {
  if (accounts === null) return true;
  return Object.values(incident.members).every(
    ({ subject }) => !('account' in subject) || accounts.includes(subject.account),
  );
}
