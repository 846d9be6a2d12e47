import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RecordedRequest } from './start-fake-telegram.ts';

interface Field {
  readonly name: string;
  readonly types: readonly string[];
  readonly required: boolean;
}

interface Described {
  readonly fields?: readonly Field[];
  readonly subtypes?: readonly string[];
}

interface BotApi {
  readonly methods: Readonly<Record<string, Described>>;
  readonly types: Readonly<Record<string, Described>>;
}

const FILE = resolve(
  process.env['PLIMSOLL_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../shared/fixtures'),
  'chat-specs/telegram-bot-api.json',
);

export const hasBotApi = existsSync(FILE);

/** What we use that is newer than the described 10.1, by name; empty: nothing. */
const NEWER: ReadonlySet<string> = new Set();

/**
 * Recorded requests against the Bot API as described by somebody else: method known, no unknown
 * field, required ones there, types all the way down. Each breach as a line.
 */
export function checkRequests(requests: readonly RecordedRequest[]): string[] {
  const api = JSON.parse(readFileSync(FILE, 'utf8')) as BotApi;
  return requests.flatMap(({ method, fields, files }) => {
    const described = api.methods[method];
    if (!described) return [`${method} is not known`];
    return checkFields(fields, described, { api, path: method, files });
  });
}

interface At {
  readonly api: BotApi;
  readonly path: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

function checkFields(
  value: Readonly<Record<string, unknown>>,
  described: Described,
  at: At,
): string[] {
  const known = new Map((described.fields ?? []).map((field) => [field.name, field]));
  const missing = [...known.values()]
    .filter(({ name, required }) => required && value[name] === undefined)
    .map(({ name }) => `${at.path}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, given]) => {
    const path = `${at.path}.${name}`;
    const field = known.get(name);
    if (!field) return NEWER.has(path) ? [] : [`${path} is not known`];
    const results = field.types.map((type) => checkType(given, type, { ...at, path }));
    return results.find((found) => found.length === 0) ?? results[0] ?? [];
  });
  return [...missing, ...wrong];
}

function checkType(value: unknown, type: string, at: At): string[] {
  const fine = (isFine: boolean) => (isFine ? [] : [`${at.path} is not ${type}`]);
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return fine(false);
    const inner = type.slice('Array of '.length);
    return value.flatMap((each, index) =>
      checkType(each, inner, { ...at, path: `${at.path}[${index}]` }),
    );
  }
  switch (type) {
    case 'Integer':
      return fine(Number.isInteger(Number(value)) && value !== '' && typeof value !== 'boolean');
    case 'Float':
      return fine(Number.isFinite(Number(value)));
    case 'String':
      return fine(typeof value === 'string');
    case 'Boolean':
    case 'True':
      return fine(typeof value === 'boolean');
    case 'InputFile':
      return fine(typeof value === 'string' && at.files.has(value.replace('attach://', '')));
    default:
      return checkStructure(value, type, at);
  }
}

function checkStructure(value: unknown, type: string, at: At): string[] {
  const described = at.api.types[type];
  if (!described) return [`${at.path}: the description has no ${type}`];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${at.path} is not ${type}`];
  }
  if (described.subtypes) {
    const results = described.subtypes.map((each) => checkStructure(value, each, at));
    return results.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }
  return checkFields(value as Record<string, unknown>, described, at);
}
