import type { StoreAnswer } from './store.ts';

/** Small facts under a name: the demo desk's seed and start, and the like. */
export interface FactStore {
  /** Null: no such fact. */
  get(name: string): StoreAnswer<string | null>;
  put(name: string, value: string): StoreAnswer<null>;
  /** The value that stands: the one that was there, else this one. Two processes get the same answer. */
  settle(name: string, value: string): StoreAnswer<string>;
}
