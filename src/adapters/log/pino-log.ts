import { destination, pino } from 'pino';
import type { Log } from '../../ports/log.ts';

/**
 * One JSON line per event on standard error, written before the call returns: a line about a crash
 * must outlive the crash. Standard output belongs to answers.
 */
export function createLog(): Log {
  const logger = pino({ base: null }, destination({ fd: 2, sync: true }));
  return {
    error: (event, fields) => logger.error(fields, event),
    warn: (event, fields) => logger.warn(fields, event),
  };
}
