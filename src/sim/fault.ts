import type { SimVenue } from './model.ts';

/**
 * What goes wrong for one account, on every call that carries its key, token or wallet.
 * `dead`: the connection is cut without an answer. `slow`: answers come late. `stalled`: headers
 * and half a body, then silence. `halfBody`: half the JSON under the full content length, then the
 * connection is cut; `cutJson`: half the JSON, properly delimited. `emptyBody`, `html`: with 200.
 * `redirect`: 302 to another host. `status`: a bare HTTP error. `rateLimited`: the venue's own answer.
 * `wrongClock`: the venue's clock is off by `skewMs`, so that it refuses by its own rule.
 * `revoked`: the venue does not know the credentials any more.
 *
 * The others are about writes; reads and logins are not touched by them. `hang`: no answer, and the
 * venue never looks at it; `acceptThenHang`, `acceptThenReset`, `acceptThenStatus`: it is done, and then
 * no answer, a cut connection, a bare HTTP error. `refuse`: the venue's own no, with a code of its own.
 * `partialFill`: market orders fill this share of what was asked. `duplicates`: an own id that was used
 * before is executed again. `acceptThenRefuse`: done, and then a code that says the outcome is not known
 * (10016, -1007, 50004). `delayed`, which is about reads: they show the accounts of `lagMs` ago.
 */
export type SimFault =
  | { readonly kind: 'dead' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'halfBody' }
  | { readonly kind: 'cutJson' }
  | { readonly kind: 'emptyBody' }
  | { readonly kind: 'html' }
  | { readonly kind: 'redirect' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'rateLimited' }
  | { readonly kind: 'wrongClock'; readonly skewMs?: number }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'acceptThenHang' }
  | { readonly kind: 'acceptThenReset' }
  | { readonly kind: 'acceptThenStatus'; readonly status: number }
  | { readonly kind: 'acceptThenRefuse'; readonly code: string }
  | { readonly kind: 'refuse'; readonly code: string }
  | { readonly kind: 'partialFill'; readonly share: string }
  | { readonly kind: 'duplicates' }
  | { readonly kind: 'delayed'; readonly lagMs: number };

/** Which requests a scripted fault is for; what is absent does not matter. */
export interface SimFaultScope {
  readonly account?: string;
  readonly venue?: SimVenue;
  /** A part of the path: `position/add-margin`. */
  readonly path?: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Lets so many of them pass first: 1 makes the second of two orders fail. */
  readonly skip?: number;
  /** Is used up after so many; absent: it stays. */
  readonly times?: number;
}
