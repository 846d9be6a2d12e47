import type { CrossFault } from './check-desk.ts';
import type { SalvagedDesk } from './salvage-desk.ts';

/** Accounts and books that alert rules make exceptions for must be in the file: a misspelt one would never apply. */
export function checkExceptions(raw: unknown, desk: SalvagedDesk): CrossFault[] {
  return Object.entries(recordOf(recordOf(raw)['alerts'])).flatMap(([rule, choice]) =>
    (['accounts', 'books'] as const).flatMap((section) => {
      const known = desk.idsIn(section);
      return Object.keys(recordOf(recordOf(choice)[section]))
        .filter((id) => !known.includes(id))
        .map((id) => ({
          path: ['alerts', rule, section, id],
          message: `names "${id}", which is not in this file`,
        }));
    }),
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}
