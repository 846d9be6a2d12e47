import { type RunnerHandle, run } from '@grammyjs/runner';
import { type Bot, GrammyError } from 'grammy';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { classifyError, type Failure } from './classify-error.ts';
import type { Connection } from './connection.ts';
import { ALLOWED_UPDATES } from './handle-updates.ts';

export interface PollDeps {
  readonly bot: Bot;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly log: Log;
}

/** Telegram holds an empty poll that long. */
const POLL_SECONDS = 30;
const LEAST_POLL_MS = 100;

/**
 * Long polling by grammY's runner, with our own patience: the runner's would double its wait
 * without an end, and give up for good when another program polls with the same token.
 */
export function pollUpdates({ bot, connection, clock, log }: PollDeps): RunnerHandle {
  const getUpdates: Bot['api']['getUpdates'] = async (args, signal) => {
    for (let faults = 1; ; faults += 1) {
      const startedAt = performance.now();
      try {
        const updates = await bot.api.getUpdates(args, signal);
        connection.isUp();
        // A server that does not hold empty polls would otherwise be asked a thousand times a second.
        if (updates.length === 0 && performance.now() - startedAt < LEAST_POLL_MS) {
          await new Promise((resume) => setTimeout(resume, LEAST_POLL_MS));
        }
        return updates;
      } catch (error) {
        const failure = classifyError(error);
        if (signal?.aborted || connection.over.aborted || isFinal(failure)) throw error;
        connection.isDown();
        log.error('telegram poll failed', { kind: failure.kind, code: codeOf(error), faults });
        await clock.after(waitOf(failure, faults), connection.over);
      }
    }
  };
  const handle = run(
    {
      handleUpdate: (update: Parameters<Bot['handleUpdate']>[0]) => bot.handleUpdate(update),
      errorHandler: (error: Parameters<Bot['errorHandler']>[0]) => bot.errorHandler(error),
      api: {
        getUpdates: (args, signal) =>
          getUpdates({ ...args, allowed_updates: ALLOWED_UPDATES }, signal),
      },
    },
    { runner: { fetch: { timeout: POLL_SECONDS }, silent: true } },
  );
  // It ends by itself only when the token is lost, which is a state and not an exception.
  handle.task()?.catch(() => undefined);
  return handle;
}

function isFinal(failure: Failure): boolean {
  return failure.kind === 'dead' && failure.reason === 'credential-lost';
}

/**
 * Two pollers with one token throw each other out at every request. Whoever sees it steps back ever
 * longer, so that a forgotten second program costs at most a request a minute.
 */
export function waitOf(failure: Failure, faults: number): number {
  if (failure.kind === 'wait') return failure.retryAfterMs;
  const first = failure.kind === 'conflict' ? 5000 : 1000;
  const most = failure.kind === 'conflict' ? 60_000 : 30_000;
  return Math.min(most, first * 2 ** Math.min(faults - 1, 10));
}

function codeOf(error: unknown): number | null {
  return error instanceof GrammyError ? error.error_code : null;
}
