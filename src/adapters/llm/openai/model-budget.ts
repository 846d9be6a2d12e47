import { type Decimal, dec, ZERO } from '../../../domain/decimal.ts';
import { asUsd, type Usd } from '../../../domain/units.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ModelPriority, ModelSettings } from '../../../ports/language-model.ts';
import type { Tokens } from './read-completion.ts';

/** A call that was allowed: what it may cost is set aside until it is known. */
interface Reservation {
  /** With what it did use; null: nobody knows, and the worst stays counted. */
  settle(used: Tokens): void;
}

export interface ModelBudget {
  /** Null: there is none left for this priority. */
  reserve(worst: NonNullable<Tokens>, priority: ModelPriority): Reservation | null;
  /** What that many tokens cost; null: no price is known. */
  costOf(tokens: NonNullable<Tokens>): Usd | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MILLION = dec('1000000');
/** About a thousand commentaries: the limit that also holds where no price is known. */
const TOKENS_PER_DAY = 500_000;
/** Of every limit so much is kept for critical alerts. */
const OPEN_TO_ALL = dec('0.7');

/** Calls per minute, tokens and money per UTC day. In memory: a new start begins a new count. */
export function createModelBudget(
  { perMinute, perDayUsd, price }: Pick<ModelSettings, 'perMinute' | 'perDayUsd' | 'price'>,
  clock: Clock,
): ModelBudget {
  let calls: number[] = [];
  let day = { at: 0, tokens: 0, usd: ZERO as Decimal };
  const costOf = ({ input, output }: NonNullable<Tokens>): Usd | null =>
    price && asUsd(price.input.times(input).plus(price.output.times(output)).div(MILLION));
  const count = (tokens: NonNullable<Tokens>, sign: 1 | -1) => {
    day.tokens += sign * (tokens.input + tokens.output);
    day.usd = day.usd.plus((costOf(tokens) ?? ZERO).times(sign));
  };
  return {
    costOf,
    reserve(worst, priority) {
      const now = clock.now();
      calls = calls.filter((at) => now - at < MINUTE_MS);
      const today = Math.floor(now / DAY_MS);
      if (day.at !== today) day = { at: today, tokens: 0, usd: ZERO };
      const share = (limit: Decimal) =>
        priority === 'critical' ? limit : limit.times(OPEN_TO_ALL);
      const usd = day.usd.plus(costOf(worst) ?? ZERO);
      const tokens = day.tokens + worst.input + worst.output;
      if (dec(calls.length + 1).gt(share(dec(perMinute)).ceil())) return null;
      if (usd.gt(share(perDayUsd)) || dec(tokens).gt(share(dec(TOKENS_PER_DAY)))) return null;
      calls.push(now);
      count(worst, 1);
      const reservedOn = day;
      return {
        settle: (used) => {
          if (used === null || reservedOn !== day) return;
          count(worst, -1);
          count(used, 1);
        },
      };
    },
  };
}
