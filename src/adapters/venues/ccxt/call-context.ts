import { AsyncLocalStorage } from 'node:async_hooks';

export interface CallContext {
  /** The deadline of the read that a request belongs to. */
  readonly signal: AbortSignal;
  /** What the venue answered in this read, parsed, in order of arrival. */
  readonly replies: object[];
  /** Set once a request of this call is on its way, where somebody must know. */
  readonly departure?: { hasLeft: boolean };
}

/**
 * ccxt passes nothing of ours through its calls, and one instance serves several reads at a time, so
 * what belongs to a read travels beside the call stack.
 */
export const callContext = new AsyncLocalStorage<CallContext>();
