import { venueError } from '../../src/domain/venue-error.ts';
import { marketSourceContract } from '../contracts/market-source-contract.ts';
import { fakeMarketSource, listed } from './fake-market-source.ts';
import { systemTime } from './system-time.ts';

const make = () => fakeMarketSource(systemTime(), 'bybit', [listed('bybit', 'BTC')]);

marketSourceContract('the fake', {
  instrument: { venue: 'bybit', symbol: 'BTC/USDT:USDT' },
  healthy: make,
  broken() {
    const source = make();
    source.break(venueError('unavailable', { code: 'refused' }));
    return source;
  },
});
