import type { ProviderBody } from './provider-body.ts';

const SHORTEST_SECRET = 6;
const KEY_LIKE = [
  /\b(?:sk|pk|rk|ghp|gho|xox[a-z])[-_][A-Za-z0-9_-]{8,}/,
  /\beyJ[A-Za-z0-9_-]{8,}/,
  /\b0x[0-9a-fA-F]{16,}/,
  /\b(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{20,}\b/,
];

/**
 * The last look at what leaves: no registered secret, nothing that looks like a key, and no figure in what
 * is said of the desk. False: it must not be sent.
 */
export function mayLeave({ messages }: ProviderBody, secrets: readonly string[]): boolean {
  const said = messages.map(({ content }) => content);
  const isSecret = (text: string) =>
    secrets.some((secret) => secret.length >= SHORTEST_SECRET && text.includes(secret));
  if (said.some((text) => isSecret(text) || KEY_LIKE.some((pattern) => pattern.test(text)))) {
    return false;
  }
  return !messages.some(({ role, content }) => role === 'user' && /\d{3}/.test(content));
}
