import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The deadline of the read that a request belongs to. ccxt passes no signal through its calls, and one
 * instance serves several reads at a time, so it travels beside the call stack.
 */
export const callSignal = new AsyncLocalStorage<AbortSignal>();
