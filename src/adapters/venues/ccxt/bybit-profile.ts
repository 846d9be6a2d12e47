import { dec } from '../../../domain/decimal.ts';
import { fetchBybitBook } from './bybit-book.ts';
import { inspectBybit } from './bybit-inspect.ts';
import { fetchBybitMargin } from './bybit-margin.ts';
import { createBybitWriter } from './bybit-writer.ts';
import { bybitRules } from './venue-codes.ts';
import type { VenueProfile } from './venue-profile.ts';

/** Bybit v5. 600 requests per 5 s and IP, 10 to 50 per second, key and endpoint: we use 60 % and 20. */
export const bybitProfile: VenueProfile = {
  venue: 'bybit',
  ccxtId: 'bybit',
  // 0.055 % for everybody who is no VIP; a VIP pays less, and less is the safe side of a preview.
  takerFee: dec('0.00055'),
  environments: { testnet: 'sandbox', demo: 'demo' },
  options: {
    // 681 contracts instead of 4,931 markets.
    fetchMarkets: { types: ['linear', 'inverse'] },
    // ccxt would otherwise name itself as referrer of the desk's orders.
    brokerId: '',
  },
  rules: bybitRules,
  budget: {
    perIp: { requests: 360, perMs: 5_000 },
    perUser: { requests: 20, perMs: 1_000 },
    weightPerMinute: null,
    // A 403 is a ban of the IP: "wait for at least 10 minutes" (v5 docs, Rate Limit Rules).
    limits: {
      keyHeader: 'x-bapi-api-key',
      tooMany: 'ip',
      ipCodes: ['10009', '10018'],
      leastMs: { 403: 600_000, 10009: 600_000 },
    },
  },
  fetchBook: fetchBybitBook,
  fetchMargin: fetchBybitMargin,
  inspect: inspectBybit,
  createWriter: createBybitWriter,
};
