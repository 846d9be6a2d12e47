/** What canonical JSON is made of; a Decimal is its plain text. */
type Canonical = string | number | boolean | null | CanonicalList | CanonicalObject;
type CanonicalList = readonly Canonical[];
interface CanonicalObject {
  readonly [key: string]: Canonical;
}

/**
 * One text per value: keys in code-unit order, no spaces, Decimals as plain text, absent keys left out.
 * Two values that a reader would call the same hash the same; nothing else does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(toPlain(value)));
}

/** Through toJSON, where Decimals become text. */
function toPlain(value: unknown): Canonical {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('nothing to write as JSON');
  return JSON.parse(text) as Canonical;
}

const isList = (value: Canonical): value is CanonicalList => Array.isArray(value);

function ordered(value: Canonical): Canonical {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(ordered);
  const keys = Object.keys(value).sort();
  // A null prototype: a key called __proto__ is a key like any other.
  const copy: Record<string, Canonical> = Object.create(null);
  for (const key of keys) copy[key] = ordered(value[key] ?? null);
  return copy;
}
