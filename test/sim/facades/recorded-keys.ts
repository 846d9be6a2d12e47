import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(
  process.env['PLIMSOLL_FIXTURES'] ?? '../shared/fixtures',
  'recorded-responses/response',
);

/** Whether real answers of the venues are at hand. They are not part of the project. */
export const RECORDINGS = existsSync(FOLDER);

function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

function keysAt(value: unknown, path: string): string[] {
  return Object.keys(at(value, path) as object).sort();
}

export const recordedKeys = {
  of: keysAt,
  recorded(venue: string, [method, index]: readonly [string, number], path: string): string[] {
    const file = JSON.parse(readFileSync(join(FOLDER, `${venue}.json`), 'utf8'));
    return keysAt(file.methods[method][index].httpResponse, path);
  },
};
