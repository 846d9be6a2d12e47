import { describe } from 'vitest';
import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { codeFaults, forbiddenFaults, httpFaults } from '../fault-matrix.ts';
import { runFaults } from '../run-faults.ts';
import { ztdxConnection } from './stand-in-ztdx.ts';

const GIVEN = { privateKey: null, token: 'opaque-token' };
const NO_PAIR = { apiKey: null, secret: null };

const FAULTS = [
  ...httpFaults(Date.now()),
  ...forbiddenFaults('unauthorized'),
  ...codeFaults(
    {
      clock: ['-1021', 'TIMESTAMP_EXPIRED'],
      unauthorized: ['-1022', '-2014', '-2015', 'INVALID_SIGNATURE', 'POSITION_NOT_OWNED'],
      'rate-limited': ['-1003', '-1015'],
      unavailable: ['-9999', 'SOMETHING_NEW'],
    },
    (code) => ({ status: 400, body: { success: false, error: { code, message: 'no' } } }),
  ),
  {
    why: 'a success that is neither list nor account',
    handler: () => ({ body: { success: true, data: {} } }),
    kind: 'malformed' as const,
    detail: 'field' as const,
  },
  {
    why: 'a plain no',
    handler: () => ({ body: { success: false, message: 'no' } }),
    kind: 'unavailable' as const,
    detail: 'unexpected' as const,
  },
];

describe.each([
  { name: 'a given token and a key pair', credentials: GIVEN },
  { name: 'a given token alone', credentials: { ...GIVEN, ...NO_PAIR } },
  { name: 'a wallet login: the fault meets the login itself', credentials: {} },
])('ZTDX faults, with $name', ({ credentials }) => {
  runFaults({
    // The login is judged more strictly: there any plain "no" is about the key.
    faults: 'token' in credentials ? FAULTS : httpFaults(Date.now()),
    handlerWith: (fault) => fault,
    readerAt: (origin, requestMs) =>
      createZtdxVenues(systemTime(), { requestMs }).reader(ztdxConnection(origin, credentials)),
  });
});
