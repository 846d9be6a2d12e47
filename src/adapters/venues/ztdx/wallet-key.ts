import type { Address, Hex } from 'viem';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { VenueCredentials } from '../../../ports/venue.ts';
import { loadViemParts } from './viem-parts.ts';

/** A key that fits the configured wallet, and the domain in which the venue takes its signatures. */
export interface WalletKey {
  /** As configured: with its checksum's capitals where it has them. */
  readonly wallet: string;
  readonly chainId: number;
  readonly verifyingContract: string;
  readonly domain: {
    readonly name: 'ZTDX';
    readonly version: '1';
    readonly chainId: number;
    readonly verifyingContract: Address;
  };
  readonly privateKey: Hex;
}

/** An error names the credential that is missing or does not fit the others. */
export async function walletKeyOf(
  credentials: VenueCredentials,
): Promise<Result<WalletKey, VenueError>> {
  const { chainId, verifyingContract, privateKey } = credentials;
  if (privateKey === null) return unfit('privateKey');
  if (chainId === null) return unfit('chainId');
  if (verifyingContract === null) return unfit('verifyingContract');
  // Loaded at the first signature: a desk without ZTDX, or with a ready token, never pays for it.
  const { privateKeyToAddress } = await loadViemParts();
  const digits = /^(0x)?([0-9a-f]{64})$/i.exec(privateKey.trim())?.[2];
  if (digits === undefined) return unfit('privateKey');
  const key = `0x${digits}` as const;
  let own: Address;
  try {
    own = privateKeyToAddress(key);
  } catch {
    // A number outside the curve. The library's error would print it.
    return unfit('privateKey');
  }
  const wallet = credentials.wallet ?? own;
  if (wallet.toLowerCase() !== own.toLowerCase()) return unfit('wallet');
  // In lower case: viem refuses an address whose capitals are not its checksum.
  const contract = verifyingContract.toLowerCase() as Address;
  if (!/^0x[0-9a-f]{40}$/.test(contract)) return unfit('verifyingContract');
  const domain = { name: 'ZTDX', version: '1', chainId, verifyingContract: contract } as const;
  return ok({ wallet, chainId, verifyingContract, domain, privateKey: key });
}

function unfit(field: string) {
  return err(venueError('unauthorized', { code: 'field', field }));
}
