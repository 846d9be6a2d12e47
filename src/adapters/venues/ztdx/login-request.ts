import { err, ok, type Result } from '../../../domain/result.ts';
import { asFields, type Fields, isAbsent } from './fields.ts';

/** What the desk file allows a login to be signed for. Addresses as written there. */
export interface LoginTerms {
  readonly wallet: string;
  readonly chainId: number;
  readonly verifyingContract: string;
}

/** The only thing this program ever signs for ZTDX on the read path. */
export interface LoginMessage {
  readonly wallet: string;
  readonly nonce: bigint;
  readonly timestamp: bigint;
  /** Number or text, to be sent back as it came: the server compares it with its own. */
  readonly timestampAsSent: unknown;
}

export const LOGIN_TYPES = {
  Login: [
    { name: 'wallet', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'timestamp', type: 'uint256' },
  ],
} as const;

const DOMAIN_TYPE = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
] as const;

const UINT256_END = 1n << 256n;

/**
 * The login message inside a nonce answer's `typed_data`, or the name of the part that is not
 * what we agreed to sign. Exact on purpose, extra keys included: a venue, or whoever stands in
 * front of it, must not get an order, a permit or another chain's login signed as a login.
 */
export function readLoginRequest(raw: unknown, terms: LoginTerms): Result<LoginMessage, string> {
  const typed = asFields(typeof raw === 'string' ? parseJson(raw) : raw);
  if (typed === null) return err('typed_data');
  if ((typed['primaryType'] ?? typed['primary_type']) !== 'Login') return err('primaryType');
  const fault = faultOfTypes(asFields(typed['types'])) ?? faultOfDomain(typed['domain'], terms);
  return fault === null ? readMessage(asFields(typed['message']), terms) : err(fault);
}

export function uint256(raw: unknown): bigint | null {
  const text = typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : raw;
  if (typeof text !== 'string' || !/^(\d{1,78}|0x[0-9a-f]{1,64})$/i.test(text)) return null;
  const value = BigInt(text);
  return value < UINT256_END ? value : null;
}

function faultOfTypes(types: Fields | null): string | null {
  if (types === null || !hasOnly(types, ['Login', 'EIP712Domain'])) return 'types';
  if (!sameMembers(types['Login'], LOGIN_TYPES.Login)) return 'types.Login';
  const domain = types['EIP712Domain'];
  return domain === undefined || sameMembers(domain, DOMAIN_TYPE) ? null : 'types.EIP712Domain';
}

/** Order counts: it is part of the type's hash. */
function sameMembers(
  raw: unknown,
  wanted: readonly { readonly name: string; readonly type: string }[],
): boolean {
  if (!Array.isArray(raw) || raw.length !== wanted.length) return false;
  return wanted.every(({ name, type }, index) => {
    const member = asFields(raw[index]);
    return (
      member?.['name'] === name && member['type'] === type && hasOnly(member, ['name', 'type'])
    );
  });
}

function faultOfDomain(raw: unknown, terms: LoginTerms): string | null {
  const domain = asFields(raw);
  const wanted = ['name', 'version', 'chainId', 'verifyingContract'];
  if (domain === null || !hasOnly(domain, wanted)) return 'domain';
  if (domain['name'] !== 'ZTDX') return 'domain.name';
  if (domain['version'] !== '1') return 'domain.version';
  if (uint256(domain['chainId']) !== BigInt(terms.chainId)) return 'domain.chainId';
  return sameAddress(domain['verifyingContract'], terms.verifyingContract)
    ? null
    : 'domain.verifyingContract';
}

function readMessage(message: Fields | null, terms: LoginTerms): Result<LoginMessage, string> {
  const wanted = LOGIN_TYPES.Login.map(({ name }) => name);
  if (message === null || !hasOnly(message, wanted)) return err('message');
  if (!sameAddress(message['wallet'], terms.wallet)) return err('message.wallet');
  const nonce = uint256(message['nonce']);
  if (nonce === null) return err('message.nonce');
  const timestamp = uint256(message['timestamp']);
  if (timestamp === null) return err('message.timestamp');
  return ok({ wallet: terms.wallet, nonce, timestamp, timestampAsSent: message['timestamp'] });
}

function hasOnly(fields: Fields, names: readonly string[]): boolean {
  return Object.keys(fields).every((key) => names.includes(key));
}

/** Case is a checksum, not a part of an address. */
function sameAddress(raw: unknown, wanted: string): boolean {
  return typeof raw === 'string' && !isAbsent(raw) && raw.toLowerCase() === wanted.toLowerCase();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
