import { createHash } from 'node:crypto';
import type { SimAccountVenue, SimCredentials } from './model.ts';
import { privateKeyToAddress } from './viem-parts.ts';

/** Arbitrum Sepolia, as the venue's test network. */
const ZTDX_CHAIN = 421614;
const ZTDX_CONTRACT = '0x000000000000000000000000000000000000D3a0';

/** Keys that open nothing but the simulator, and look like it. The wallet's key comes from the seed. */
export function demoCredentials(seed: string, id: string, venue: SimAccountVenue): SimCredentials {
  const pair = {
    apiKey: `demo-${id}-key`,
    secret: `demo-${id}-secret`,
    password: venue === 'okx' ? `demo-${id}-passphrase` : null,
  };
  if (venue !== 'ztdx') {
    return { ...pair, wallet: null, privateKey: null, chainId: null, verifyingContract: null };
  }
  const privateKey = `0x${createHash('sha256').update(`${seed}/${id}`).digest('hex')}` as const;
  return {
    ...pair,
    wallet: privateKeyToAddress(privateKey),
    privateKey,
    chainId: ZTDX_CHAIN,
    verifyingContract: ZTDX_CONTRACT,
  };
}
