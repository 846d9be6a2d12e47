import {
  BrokenCircuitError,
  type CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  type IBackoff,
  type IBreaker,
  SamplingBreaker,
} from 'cockatiel';
import type { ModelFault } from '../../../ports/language-model.ts';

/** What the breaker looks at. Null: the provider answered, whatever it said. */
export interface Judged {
  readonly kind: ModelFault | null;
  readonly retryAfterMs: number | null;
}

const IN_A_ROW = 5;
const SAMPLE = { threshold: 0.5, duration: 60_000, minimumRps: 10 / 60 };
const FIRST_MS = 30_000;
const LONGEST_MS = 600_000;
/** A key that is refused or an account without money is mended by a person. */
const NEEDS_A_PERSON_MS = 900_000;
/** Longer than a day nobody means. */
const LONGEST_TOLD_MS = 86_400_000;

/** An answer of no use says that the provider is there: only these say that it is not. */
const AWAY: readonly (ModelFault | null)[] = [
  'timeout',
  'deadline',
  'network',
  'rate-limit',
  'quota',
  'config',
  'server',
  'bad-shape',
  'too-large',
];
const NEEDS_A_PERSON: readonly (ModelFault | null)[] = ['quota', 'config'];

/** Leaves a provider alone that does not answer, and asks again with one request. Null: not now. */
export function createModelBreaker(): <T extends Judged>(
  work: () => Promise<T>,
) => Promise<T | null> {
  let isUrgent = false;
  const rows = new ConsecutiveBreaker(IN_A_ROW);
  const samples = new SamplingBreaker(SAMPLE);
  const breaker: IBreaker = {
    state: null,
    success: (state: CircuitState) => {
      rows.success();
      samples.success(state);
    },
    failure: (state: CircuitState) => {
      const opens = [rows.failure(), samples.failure(state), isUrgent];
      return opens.includes(true);
    },
  };
  const policy = circuitBreaker(
    handleWhenResult((result) => {
      const { kind, retryAfterMs } = result as Judged;
      const isAway = AWAY.includes(kind);
      isUrgent = isAway && (NEEDS_A_PERSON.includes(kind) || (retryAfterMs ?? 0) > FIRST_MS);
      return isAway;
    }),
    { breaker, halfOpenAfter: { next: ({ result }) => pauseAfter(result, 0) } },
  );
  return async (work) => {
    try {
      return await policy.execute(work);
    } catch (thrown) {
      if (thrown instanceof BrokenCircuitError) return null;
      throw thrown;
    }
  };
}

type Context = { readonly result: unknown };

/** 30 s, doubling to 10 min; longer where the provider said so or a person is needed. */
function pauseAfter(result: unknown, times: number): IBackoff<Context> {
  const { kind, retryAfterMs } = (result as { readonly value: Judged }).value;
  const usual = Math.min(FIRST_MS * 2 ** times, LONGEST_MS);
  const told = Math.min(retryAfterMs ?? 0, LONGEST_TOLD_MS);
  const least = NEEDS_A_PERSON.includes(kind) ? NEEDS_A_PERSON_MS : 0;
  return {
    duration: Math.max(usual, told, least),
    next: (context) => pauseAfter(context.result, times + 1),
  };
}
