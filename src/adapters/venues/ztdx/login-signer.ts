import type { Address, Hex } from 'viem';
import { ok, type Result } from '../../../domain/result.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { VenueCredentials } from '../../../ports/venue.ts';
import { LOGIN_TYPES, type LoginMessage, type LoginTerms } from './login-request.ts';
import { loadViemParts } from './viem-parts.ts';
import { walletKeyOf } from './wallet-key.ts';

/** Can sign a login for these terms, and nothing else: the key does not leave it. */
export interface LoginSigner {
  readonly terms: LoginTerms;
  sign(message: LoginMessage): Promise<string>;
}

/** An error names the credential that is missing or does not fit the others. */
export async function loginSignerOf(
  credentials: VenueCredentials,
): Promise<Result<LoginSigner, VenueError>> {
  const key = await walletKeyOf(credentials);
  if (!key.ok) return key;
  const { wallet, chainId, verifyingContract, domain, privateKey } = key.value;
  const { signTypedData } = await loadViemParts();
  return ok({
    terms: { wallet, chainId, verifyingContract },
    sign: ({ nonce, timestamp }): Promise<Hex> =>
      signTypedData({
        privateKey,
        domain,
        types: LOGIN_TYPES,
        primaryType: 'Login',
        message: { wallet: wallet.toLowerCase() as Address, nonce, timestamp },
      }),
  });
}
