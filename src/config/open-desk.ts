import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { err, ok, type Result } from '../domain/result.ts';
import { type ChatSettings, chatSettings } from './chat-settings.ts';
import type { KnownVenues } from './check-desk.ts';
import type { DeskConfig } from './load-config.ts';
import { type CommentarySettings, commentarySettings } from './model-settings.ts';
import { formatProblem, pathText } from './problem.ts';

/** The desk file of this run, or the demo desk when there is none. */
export type OpenDesk =
  | {
      readonly kind: 'demo';
      readonly chat: ChatSettings;
      readonly commentary: CommentarySettings;
    }
  | { readonly kind: 'file'; readonly path: string; readonly config: DeskConfig };

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the file that PLIMSOLL_DESK names, else desk.yaml. No desk.yaml means the demo desk; a file
 * that was asked for by name and is not there is an error, never a silent demo. Problems are lines
 * ready to print.
 */
export async function openDesk(
  env: Env,
  venues: KnownVenues,
): Promise<Result<OpenDesk, readonly string[]>> {
  const named = env['PLIMSOLL_DESK'];
  const name = named || 'desk.yaml';
  const path = resolve(name);
  const file = read(path);
  if (file === 'absent') {
    if (named) {
      return err([
        `PLIMSOLL_DESK: there is no file ${name}; correct the name, or unset it to run the demo desk`,
      ]);
    }
    const chat = chatSettings(env, null);
    const reading = commentarySettings(env, null);
    const faults = [...chat.faults, ...reading.faults];
    if (faults.length === 0) {
      return ok({ kind: 'demo', chat: chat.settings, commentary: reading.settings });
    }
    return err(faults.map(({ path, message }) => `${pathText(path)}: ${message}`));
  }
  if (file === 'unreadable') return err([`${name}: cannot be read; check its permissions`]);
  // The demo desk has no file, and need not wait for the libraries that read one.
  const { loadConfig } = await import('./load-config.ts');
  const loaded = loadConfig({ ...file, env }, venues);
  if (loaded.ok) return ok({ kind: 'file', path, config: loaded.value });
  return err(loaded.error.map((problem) => formatProblem(problem, name)));
}

function read(path: string): { text: string; ownerOnly: boolean } | 'absent' | 'unreadable' {
  try {
    const ownerOnly = (statSync(path).mode & 0o077) === 0;
    return { text: readFileSync(path, 'utf8'), ownerOnly };
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unreadable';
  }
}
