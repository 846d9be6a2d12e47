import { asAccountId } from '../../../src/domain/units.ts';
import type { VenueConnection } from '../../../src/ports/venue.ts';

/** Looks like nothing else, so that a test can search an output for it. */
export const KEY = 'K3YABCDEF123456789';
export const SECRET = 'S3CRETABCDEF123456789';

const NOTHING = {
  apiKey: null,
  secret: null,
  password: null,
  wallet: null,
  privateKey: null,
  token: null,
  chainId: null,
  verifyingContract: null,
};

/** A connection to a stand-in on loopback. */
export function connectionTo(
  venue: string,
  baseUrl: string,
  changes: Partial<Omit<VenueConnection, 'credentials'>> & {
    readonly credentials?: Partial<VenueConnection['credentials']>;
  } = {},
): VenueConnection {
  return {
    account: asAccountId(`${venue}-a`),
    venue,
    environment: 'live',
    baseUrl,
    proxy: null,
    subAccount: null,
    ...changes,
    credentials: { ...NOTHING, apiKey: KEY, secret: SECRET, ...changes.credentials },
  };
}
