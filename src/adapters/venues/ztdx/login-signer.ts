import type { Address, Hex } from 'viem';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { VenueCredentials } from '../../../ports/venue.ts';
import { LOGIN_TYPES, type LoginMessage, type LoginTerms } from './login-request.ts';
import { loadViemParts } from './viem-parts.ts';

/** Can sign a login for these terms, and nothing else: the key does not leave it. */
export interface LoginSigner {
  readonly terms: LoginTerms;
  sign(message: LoginMessage): Promise<string>;
}

/** An error names the credential that is missing or does not fit the others. */
export async function loginSignerOf(
  credentials: VenueCredentials,
): Promise<Result<LoginSigner, VenueError>> {
  const { chainId, verifyingContract, privateKey } = credentials;
  if (privateKey === null) return unfit('privateKey');
  if (chainId === null) return unfit('chainId');
  if (verifyingContract === null) return unfit('verifyingContract');
  // Loaded at the first login: a desk without ZTDX, or with a ready token, never pays for it.
  const { privateKeyToAddress, signTypedData } = await loadViemParts();
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
  return ok({
    terms: { wallet, chainId, verifyingContract },
    sign: ({ nonce, timestamp }): Promise<Hex> =>
      signTypedData({
        privateKey: key,
        domain: { name: 'ZTDX', version: '1', chainId, verifyingContract: contract },
        types: LOGIN_TYPES,
        primaryType: 'Login',
        message: { wallet: wallet.toLowerCase() as Address, nonce, timestamp },
      }),
  });
}

function unfit(field: string) {
  return err(venueError('unauthorized', { code: 'field', field }));
}
