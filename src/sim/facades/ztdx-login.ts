import { createHmac, randomBytes } from 'node:crypto';
import type { Address, Hex } from 'viem';
import { recoverTypedDataAddress } from '../viem-parts.ts';

const TOKEN_LIFETIME_MS = 24 * 3_600_000;
const CHALLENGE_LIFETIME_MS = 5 * 60_000;
/** Anybody may ask for a nonce, so the open ones are counted. */
const MOST_CHALLENGES = 1_000;

const TYPES = {
  EIP712Domain: [
    { name: 'name', type: 'string' },
    { name: 'version', type: 'string' },
    { name: 'chainId', type: 'uint256' },
    { name: 'verifyingContract', type: 'address' },
  ],
  Login: [
    { name: 'wallet', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'timestamp', type: 'uint256' },
  ],
} as const;

/** What a login is signed for: the same two figures stand in the desk's configuration. */
export interface ZtdxChain {
  readonly chainId: number;
  readonly verifyingContract: Address;
}

interface Challenge {
  readonly nonce: string;
  readonly timestamp: number;
  readonly chain: ZtdxChain;
}

/** The answer of `/auth/nonce/:address`: sign `typed_data`, send the signature to `/auth/login`. */
export type ZtdxNonce = ReturnType<typeof nonceAnswer>;

/** Wallet logins: a nonce is good for one login within five minutes, a token for a day. */
export interface ZtdxLogins {
  /** Null when the address is no address. */
  challenge(address: string, chain: ZtdxChain, now: number): ZtdxNonce | null;
  /** A token, or null when the signature is not this wallet's over its open nonce. */
  login(body: ZtdxLoginBody, now: number): Promise<string | null>;
  /** The wallet a token speaks for, in lower case; null when it is forged or has run out. */
  walletOf(token: string, now: number): string | null;
}

/** What a stranger posted; nothing of it is believed yet. */
export interface ZtdxLoginBody {
  readonly address?: unknown;
  readonly signature?: unknown;
  readonly timestamp?: unknown;
}

function nonceAnswer(wallet: string, { nonce, timestamp, chain }: Challenge) {
  return {
    nonce,
    typed_data: {
      types: TYPES,
      primaryType: 'Login',
      domain: {
        name: 'ZTDX',
        version: '1',
        chainId: chain.chainId,
        verifyingContract: chain.verifyingContract,
      },
      message: { wallet, nonce, timestamp },
    },
  };
}

const isAddress = (text: string): text is Address => /^0x[0-9a-f]{40}$/i.test(text);
const isHex = (value: unknown): value is Hex =>
  typeof value === 'string' && /^0x[0-9a-f]*$/i.test(value);
/** Case is a checksum that callers get wrong; it is no part of what is signed. */
const lowerCase = (address: Address) => address.toLowerCase() as Address;

async function isSignedBy(
  wallet: Address,
  signature: Hex,
  { nonce, timestamp, chain }: Challenge,
): Promise<boolean> {
  try {
    const signer = await recoverTypedDataAddress({
      types: TYPES,
      primaryType: 'Login',
      domain: {
        name: 'ZTDX',
        version: '1',
        chainId: BigInt(chain.chainId),
        verifyingContract: lowerCase(chain.verifyingContract),
      },
      message: {
        wallet: lowerCase(wallet),
        nonce: BigInt(nonce),
        timestamp: BigInt(timestamp),
      },
      signature,
    });
    return lowerCase(signer) === lowerCase(wallet);
  } catch {
    // Not a point on the curve: no signature at all.
    return false;
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokens(secret: Buffer) {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    issue(wallet: string, now: number): string {
      const iat = Math.floor(now / 1000);
      const claims = { sub: wallet, iat, exp: iat + TOKEN_LIFETIME_MS / 1000 };
      const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
      return `${text}.${sign(text)}`;
    },
    read(token: string, now: number): string | null {
      const [head, claims, signature] = token.split('.');
      if (!claims || sign(`${head}.${claims}`) !== signature) return null;
      const { sub, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
      return now < exp * 1000 ? sub : null;
    },
  };
}

export function ztdxLogins(): ZtdxLogins {
  const open = new Map<string, Challenge>();
  const jwt = tokens(randomBytes(32));
  return {
    challenge(address, chain, now) {
      if (!isAddress(address)) return null;
      if (open.size >= MOST_CHALLENGES) open.clear();
      const nonce = BigInt(`0x${randomBytes(8).toString('hex')}`).toString();
      const challenge = { nonce, timestamp: now, chain };
      open.set(address.toLowerCase(), challenge);
      return nonceAnswer(address, challenge);
    },
    async login({ address, signature, timestamp }, now) {
      if (typeof address !== 'string' || !isAddress(address)) return null;
      const wallet = address.toLowerCase();
      const challenge = open.get(wallet);
      if (!challenge || !isHex(signature) || String(timestamp) !== String(challenge.timestamp)) {
        return null;
      }
      open.delete(wallet);
      if (now - challenge.timestamp > CHALLENGE_LIFETIME_MS) return null;
      return (await isSignedBy(address, signature, challenge)) ? jwt.issue(wallet, now) : null;
    },
    walletOf: (token, now) => jwt.read(token, now),
  };
}
