/**
 * Why the store did not do it. Whose turn it is: `unreachable`, `not-a-store`, `corrupt`, `newer`,
 * `full`, `disk` and `taken` are the operator's; `busy` passes by itself; `crashed` and `closed` need a
 * restart; `refused` is a bug of ours or a store changed by hand.
 *
 * After `crashed`, `disk`, `full` or `lost` a write that was under way may or may not be there. After
 * `unreachable` it is not.
 */
export type StoreError =
  /** It cannot be opened for writing: a file's `directory` and `path`, a database's others. */
  | {
      readonly kind: 'unreachable';
      readonly reason: 'permission' | 'directory' | 'path' | 'server' | 'login' | 'database';
    }
  /** Another console runs on it. */
  | { readonly kind: 'taken' }
  /** The connection broke while it was committed. Never repeat such a write without looking. */
  | { readonly kind: 'lost' }
  /** A file of something else. */
  | { readonly kind: 'not-a-store' }
  | { readonly kind: 'corrupt' }
  /** Written by a newer program; `migration` is the first step this program does not know. */
  | { readonly kind: 'newer'; readonly migration: string }
  /** Another process held the store too long, or too many writes are waiting. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'full' }
  /** The disk answered with an error; `code` is the database's own. */
  | { readonly kind: 'disk'; readonly code: number }
  /** The writer died. Nothing is written any more until the program is started again. */
  | { readonly kind: 'crashed' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused'; readonly code: number | null };
