import type { Address } from 'viem';
import { ok, type Result } from '../../../domain/result.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { VenueCredentials } from '../../../ports/venue.ts';
import { loadViemParts } from './viem-parts.ts';
import { walletKeyOf } from './wallet-key.ts';

/** An order as it goes over the wire: the signature covers exactly these texts. */
export interface OrderTerms {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly order_type: 'market';
  /** `"0"` for market. */
  readonly price: string;
  readonly amount: string;
  readonly leverage: number;
  /** Unix seconds; the venue takes a signature for five minutes. */
  readonly timestamp: number;
}

export const ORDER_TYPES = {
  CreateOrder: [
    { name: 'wallet', type: 'address' },
    { name: 'symbol', type: 'string' },
    { name: 'side', type: 'string' },
    { name: 'orderType', type: 'string' },
    { name: 'price', type: 'string' },
    { name: 'amount', type: 'string' },
    { name: 'leverage', type: 'uint32' },
    { name: 'timestamp', type: 'uint256' },
  ],
} as const;

/** EIP-712 `CreateOrder` in the login's domain (venue notes, section 3). */
export async function signOrder(
  credentials: VenueCredentials,
  { order_type, timestamp, ...terms }: OrderTerms,
): Promise<Result<string, VenueError>> {
  const key = await walletKeyOf(credentials);
  if (!key.ok) return key;
  const { wallet, domain, privateKey } = key.value;
  const { signTypedData } = await loadViemParts();
  const message = {
    ...terms,
    wallet: wallet.toLowerCase() as Address,
    orderType: order_type,
    timestamp: BigInt(timestamp),
  };
  return ok(
    await signTypedData({
      privateKey,
      domain,
      types: ORDER_TYPES,
      primaryType: 'CreateOrder',
      message,
    }),
  );
}
