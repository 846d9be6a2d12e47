import type { z } from 'zod';
import { type DeskFile, deskSchema } from './desk-schema.ts';

type Lists = 'accounts' | 'books' | 'people' | 'destinations' | 'routes';

/** The lists of a desk file, each entry at its own index; null where it cannot be understood. */
export type SalvagedDesk = {
  readonly [section in Lists]: readonly (DeskFile[section][number] | null)[];
} & { readonly idsIn: (section: Lists) => readonly (string | null)[] };

/**
 * What can be understood of a desk file with faults, so that one wrong key does not hide what is
 * wrong between the others: every entry is read without its faulty keys. Ids stay even where the
 * entry is lost, or references to it would look wrong too.
 */
export function salvageDesk(raw: unknown): SalvagedDesk {
  const file = isRecord(raw) ? raw : {};
  const rows = (section: Lists): readonly unknown[] => {
    const list = file[section];
    return Array.isArray(list) ? list : [];
  };
  const { shape } = deskSchema;
  return {
    accounts: rows('accounts').map((row) => salvage(shape.accounts.element, row)),
    books: rows('books').map((row) => salvage(shape.books.unwrap().element, row)),
    people: rows('people').map((row) => salvage(shape.people.unwrap().element, row)),
    destinations: rows('destinations').map((row) =>
      salvage(shape.destinations.unwrap().element, row),
    ),
    routes: rows('routes').map((row) => salvage(shape.routes.unwrap().element, row)),
    idsIn: (section) =>
      rows(section).map((row) =>
        isRecord(row) && typeof row['id'] === 'string' ? row['id'] : null,
      ),
  };
}

function salvage<T>(schema: z.ZodType<T>, row: unknown): T | null {
  const whole = schema.safeParse(row);
  if (whole.success) return whole.data;
  if (!isRecord(row)) return null;
  const faulty = new Set(
    whole.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [issue.path[0]],
    ),
  );
  const rest = Object.entries(row).filter(([key]) => !faulty.has(key));
  return schema.safeParse(Object.fromEntries(rest)).data ?? null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
