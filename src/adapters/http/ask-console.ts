import {
  type ConsoleAnswer,
  type ConsoleRequest,
  type Door,
  fieldsOf,
  isText,
  readDoor,
} from './console-door.ts';

/** Longer than the slowest honest answer: a round of reads and the wait for a commentary. */
const PATIENCE_MS = 30_000;

/** Asks a running console of the same desk; null when none answers. */
export async function askConsole(
  door: Door,
  request: ConsoleRequest,
  patienceMs = PATIENCE_MS,
): Promise<ConsoleAnswer | null> {
  const open = readDoor(door);
  if (!open || open.desk !== door.desk) return null;
  try {
    const response = await fetch(open.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${open.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(patienceMs),
    });
    return parseAnswer(await response.json());
  } catch (cause) {
    // One that was only suspended may still act on the question: nobody else may answer it too.
    if (cause instanceof DOMException && cause.name === 'TimeoutError') return silent(patienceMs);
    // A console that was killed leaves its door behind.
    return null;
  }
}

function silent(patienceMs: number): ConsoleAnswer {
  const stderr = `The running console does not answer within ${patienceMs / 1000} s; resume it or end it, then ask again.\n`;
  return { exit: 1, stdout: '', stderr };
}

function parseAnswer(value: unknown): ConsoleAnswer | null {
  const { exit, stdout, stderr } = fieldsOf(value);
  if (!isText(stdout) || !isText(stderr)) return null;
  return typeof exit === 'number' && Number.isInteger(exit) ? { exit, stdout, stderr } : null;
}
