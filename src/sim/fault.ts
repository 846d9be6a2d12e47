/**
 * What goes wrong for one account, on every call that carries its key, token or wallet.
 * `dead`: the connection is cut without an answer. `slow`: answers come late. `stalled`: headers
 * and half a body, then silence. `halfBody`: half the JSON under the full content length, then the
 * connection is cut; `cutJson`: half the JSON, properly delimited. `emptyBody`, `html`: with 200.
 * `redirect`: 302 to another host. `status`: a bare HTTP error. `rateLimited`: the venue's own answer.
 * `wrongClock`: the venue's clock is off by `skewMs`, so that it refuses by its own rule.
 * `revoked`: the venue does not know the credentials any more.
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
  | { readonly kind: 'revoked' };
