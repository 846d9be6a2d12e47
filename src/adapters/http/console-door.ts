import { readFileSync } from 'node:fs';

/** One command sent by `ask` to a running console. */
export interface ConsoleRequest {
  readonly line: string;
  /** Null: whoever the terminal is. */
  readonly person: string | null;
  readonly locale: string | null;
  readonly json: boolean;
}

/** What `ask` prints and how it exits. */
export interface ConsoleAnswer {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a running console can be found, and the key that opens it: an owner-only file. */
export interface Door {
  readonly file: string;
  /** Which desk the console runs: `ask` for another desk must not be answered by this one. */
  readonly desk: string;
}

interface DoorSign {
  readonly url: string;
  readonly key: string;
  readonly desk: string;
}

/** What stands at the door; null: there is none, or nothing that can be read. */
export function readDoor(door: Door): DoorSign | null {
  try {
    const { url, key, desk } = fieldsOf(JSON.parse(readFileSync(door.file, 'utf8')));
    return isText(url) && isText(key) && isText(desk) ? { url, key, desk } : null;
  } catch {
    return null;
  }
}

// By hand: three records of text are no reason to load a schema library before the first answer.
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isTextOrNull = (value: unknown): value is string | null =>
  value === null || isText(value);

export function fieldsOf(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
