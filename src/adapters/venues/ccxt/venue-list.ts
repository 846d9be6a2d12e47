import { malformed } from './malformed.ts';
import { isRecord, type RawRecord } from './raw-record.ts';

/** The list of records at a path of a reply. Anything else is `malformed`: never an empty list. */
export function listAt(reply: unknown, ...path: readonly string[]): RawRecord[] {
  let at: unknown = reply;
  for (const key of path) at = isRecord(at) ? at[key] : undefined;
  if (!Array.isArray(at) || !at.every(isRecord)) throw malformed(path.join('.'));
  return at;
}

/** The record at a path of a reply, or `malformed`. */
export function recordAt(reply: unknown, ...path: readonly string[]): RawRecord {
  let at: unknown = reply;
  for (const key of path) at = isRecord(at) ? at[key] : undefined;
  if (!isRecord(at)) throw malformed(path.join('.'));
  return at;
}
