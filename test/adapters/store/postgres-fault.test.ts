import { expect, test } from 'vitest';
import { isBroken, postgresFault } from '../../../src/adapters/store/postgres-fault.ts';

const answered = (code: string) => Object.assign(new Error('duplicate key (secret)'), { code });

test.each([
  { why: 'a full disk', code: '53100', error: { kind: 'full' } },
  { why: 'its neighbour, out of memory', code: '53200', error: { kind: 'busy' } },
  { why: 'too many connections', code: '53300', error: { kind: 'busy' } },
  { why: 'a deadlock', code: '40P01', error: { kind: 'busy' } },
  { why: 'a lock waited for too long', code: '55P03', error: { kind: 'busy' } },
  { why: 'a statement that took too long', code: '57014', error: { kind: 'busy' } },
  { why: 'shut down', code: '57P01', error: { kind: 'unreachable', reason: 'server' } },
  { why: 'starting up', code: '57P03', error: { kind: 'unreachable', reason: 'server' } },
  { why: 'a wrong password', code: '28P01', error: { kind: 'unreachable', reason: 'login' } },
  { why: 'no such database', code: '3D000', error: { kind: 'unreachable', reason: 'database' } },
  {
    why: 'no right to a table',
    code: '42501',
    error: { kind: 'unreachable', reason: 'permission' },
  },
  { why: 'a standby', code: '25006', error: { kind: 'unreachable', reason: 'permission' } },
  { why: 'a disk that fails', code: '58030', error: { kind: 'disk', code: 58 } },
  { why: 'damage', code: 'XX001', error: { kind: 'corrupt' } },
  { why: 'a constraint', code: '23505', error: { kind: 'refused', code: null } },
  { why: 'no such table', code: '42P01', error: { kind: 'refused', code: null } },
  {
    why: 'nothing listens',
    code: 'ECONNREFUSED',
    error: { kind: 'unreachable', reason: 'server' },
  },
])('$why ($code)', ({ code, error }) => {
  expect(postgresFault(answered(code))).toEqual(error);
});

test('an error without a state is the way there; one of ours is no fault of the server', () => {
  expect(isBroken(postgresFault(new Error('Query read timeout')))).toBe(true);
  expect(postgresFault(new RangeError('not a figure'))).toEqual({ kind: 'corrupt' });
  expect(postgresFault(new TypeError('a bug'))).toEqual({ kind: 'refused', code: null });
  expect(postgresFault('thrown text')).toEqual({ kind: 'refused', code: null });
});
