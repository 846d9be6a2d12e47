import { faultTrace } from '../../domain/fault-trace.ts';
import type { Log } from '../../ports/log.ts';
import type { Answer } from '../command.ts';
import type { Commentator, Read, Reader } from './commentator.ts';
import type { Reading } from './reading.ts';

/** An answer with its reading, and what replaces both when the model has spoken. */
export interface ReadAnswer {
  readonly answer: Answer;
  readonly reading: Reading | null;
  /** See Read; null: nothing to wait for. */
  later(): Promise<Omit<ReadAnswer, 'later'> | 'moved' | null>;
}

/** The answer with the reading before its other paragraphs. A reading that fails leaves the figures alone. */
export async function readAnswer(
  answer: Answer,
  reader: Reader,
  { commentator, log }: { readonly commentator: Commentator; readonly log: Log },
): Promise<ReadAnswer> {
  const unread = { answer, reading: null, later: async () => null };
  if (!answer.report) return unread;
  const report = answer.report;
  const safely = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (cause) {
      log.error('reading failed', { command: reader.trigger, error: faultTrace(cause) });
      return null;
    }
  };
  const read = await safely(async (): Promise<Read> => commentator.read(await report(), reader));
  if (read === null) return unread;
  return {
    ...withReading(answer, read.now),
    later: async () => {
      const found = await safely(read.later);
      return found === null || found === 'moved' ? found : withReading(answer, found);
    },
  };
}

function withReading(answer: Answer, reading: Reading): Omit<ReadAnswer, 'later'> {
  const { reply } = answer;
  const paragraphs = [...reading.paragraphs, ...reply.paragraphs];
  return { answer: { ...answer, reply: { ...reply, paragraphs } }, reading };
}
