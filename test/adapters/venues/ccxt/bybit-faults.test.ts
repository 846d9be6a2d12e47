import { describe } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { codeFaults, forbiddenFaults, httpFaults } from '../fault-matrix.ts';
import { runFaults } from '../run-faults.ts';
import { bybitRefusal, standInBybit } from './stand-in-bybit.ts';

const isPublic = (path: string) => path.startsWith('/v5/market/');

describe('bybit faults', () => {
  runFaults({
    faults: [
      ...httpFaults(Date.now()),
      ...forbiddenFaults('rate-limited'),
      ...codeFaults(
        {
          clock: ['10002'],
          unauthorized: ['10003', '10004', '10005', '10007', '10010', '33004', '10008'],
          'rate-limited': ['10006', '10018', '10009'],
          unavailable: ['10000', '10016', '10019', '10001'],
        },
        (code) => bybitRefusal(Number(code)),
      ),
      {
        why: 'a reply without Bybit’s return code',
        handler: () => ({ body: { result: { list: [] } } }),
        kind: 'malformed',
        detail: 'venue',
      },
      {
        why: 'a success without the list',
        handler: () => ({ body: { retCode: 0, result: {} } }),
        kind: 'malformed',
        detail: 'field',
      },
    ],
    handlerWith: (fault) => (request) => (isPublic(request.path) ? standInBybit() : fault)(request),
    readerAt: (origin, requestMs) =>
      createCcxtVenues(systemTime(), { requestMs }).reader(connectionTo('bybit', origin)),
  });
});
