import type { StoreError } from '../../ports/store-error.ts';

/** By SQLSTATE (postgresql.org/docs/15/errcodes-appendix.html, read 2026-11-26), whole or its class. */
const BY_STATE: Readonly<Record<string, StoreError>> = {
  '08': { kind: 'unreachable', reason: 'server' },
  '28': { kind: 'unreachable', reason: 'login' },
  '3D': { kind: 'unreachable', reason: 'database' },
  '42501': { kind: 'unreachable', reason: 'permission' },
  // A standby, or a server set to be read only.
  '25006': { kind: 'unreachable', reason: 'permission' },
  // Shutting down, crashed, starting up, its session ended by an operator.
  '57P': { kind: 'unreachable', reason: 'server' },
  '25P03': { kind: 'unreachable', reason: 'server' },
  // Out of memory or connections, deadlock, a lock or a statement that took too long.
  '53': { kind: 'busy' },
  '53100': { kind: 'full' },
  '40': { kind: 'busy' },
  '55P03': { kind: 'busy' },
  '57014': { kind: 'busy' },
  '58': { kind: 'disk', code: 58 },
  XX001: { kind: 'corrupt' },
  XX002: { kind: 'corrupt' },
};

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What an exception out of pg means. Its text stays here: it may quote what was written. */
export function postgresFault(thrown: unknown): StoreError {
  // A row of ours that does not read back is damage.
  if (thrown instanceof RangeError || thrown instanceof SyntaxError) return { kind: 'corrupt' };
  if (!(thrown instanceof Error) || thrown instanceof TypeError) {
    return { kind: 'refused', code: null };
  }
  const state = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  // Without a state it is the way there: refused, reset, no such host, no answer in time.
  if (!SQLSTATE.test(state)) return { kind: 'unreachable', reason: 'server' };
  const known = BY_STATE[state] ?? BY_STATE[state.slice(0, 3)] ?? BY_STATE[state.slice(0, 2)];
  return known ?? { kind: 'refused', code: null };
}

/** The connection is gone or of no more use. */
export function isBroken(error: StoreError): boolean {
  return error.kind === 'unreachable' && error.reason === 'server';
}
