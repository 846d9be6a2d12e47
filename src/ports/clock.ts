/** The only time the core and the use cases know. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  after(ms: number, signal?: AbortSignal): Promise<void>;
}
