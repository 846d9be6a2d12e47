import type { Result } from '../domain/result.ts';
import type {
  SimulationError,
  SimulationRequest,
  SimulationResult,
} from '../risk/probability/simulation.ts';

/** Work too long for the main loop. Never rejects and never blocks. */
export interface Compute {
  /** Aborting stops the work itself, not only the waiting. */
  simulate(
    request: SimulationRequest,
    signal?: AbortSignal,
  ): Promise<Result<SimulationResult, ComputeError>>;
  /** Ends all work; what was running or waiting answers `closed`. */
  close(): Promise<void>;
}

/** `refused`: the request itself; `busy`: too much is waiting already; `crashed`: the worker died. */
export type ComputeError =
  | { readonly kind: 'refused'; readonly reason: SimulationError }
  | { readonly kind: 'busy' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'crashed' }
  | { readonly kind: 'closed' };
