import { z } from 'zod';

const figure = z.number().nullish().catch(null);
const level = z.object({ price: z.number().positive(), amount: z.number().nonnegative() });
const named = {
  exchange: z.string().max(64),
  symbol: z.string().max(64),
  /** ISO 8601 with microseconds. */
  timestamp: z.string().max(40),
};

const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('derivative_ticker'),
    ...named,
    markPrice: figure,
    indexPrice: figure,
    fundingRate: figure,
    fundingTimestamp: z.string().max(40).nullish().catch(null),
  }),
  z.object({
    type: z.literal('book_snapshot'),
    ...named,
    bids: z.array(level).max(5_000),
    asks: z.array(level).max(5_000),
  }),
  z.object({ type: z.literal('disconnect'), exchange: z.string() }),
  z.object({ type: z.literal('error'), exchange: z.string().nullish() }),
]);

export type FeedMessage = z.output<typeof message>;

/**
 * A frame of the feed, or null: trades and types we do not know, and what is not of the form, are
 * nobody's business here. Their absence shows by age.
 */
export function parseFeedMessage(text: string): FeedMessage | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = message.safeParse(raw);
  return parsed.success ? parsed.data : null;
}
