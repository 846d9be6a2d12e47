import { createHmac } from 'node:crypto';

/** OKX refuses a request whose timestamp is more than 30 s away from its own clock. */
const WINDOW_MS = 30_000;

export interface OkxCall {
  readonly method: string;
  /** Path with its query, exactly as sent. */
  readonly target: string;
  readonly body: string;
  readonly now: number;
  header(name: string): string | undefined;
}

export interface OkxKey {
  readonly secret: string;
  readonly passphrase: string;
}

export interface OkxRefusal {
  readonly status: number;
  readonly code: string;
  readonly msg: string;
}

const REQUIRED = [
  { name: 'OK-ACCESS-KEY', code: '50103' },
  { name: 'OK-ACCESS-PASSPHRASE', code: '50104' },
  { name: 'OK-ACCESS-SIGN', code: '50106' },
  { name: 'OK-ACCESS-TIMESTAMP', code: '50107' },
] as const;

function refusal(code: string, msg: string): OkxRefusal {
  return { status: 401, code, msg };
}

/**
 * The check of a private call by its `OK-ACCESS-*` headers: presence, clock, key, passphrase, then
 * base64 HMAC-SHA256 over timestamp + method + target + body. Null means the call may pass.
 */
export function okxRefusal(
  call: OkxCall,
  keyOf: (apiKey: string) => OkxKey | null,
): OkxRefusal | null {
  for (const { name, code } of REQUIRED) {
    if (!call.header(name)) return refusal(code, `Request header ${name} cannot be empty.`);
  }
  const timestamp = call.header('OK-ACCESS-TIMESTAMP') ?? '';
  const sentAt = Date.parse(timestamp);
  if (Number.isNaN(sentAt)) return refusal('50112', 'Invalid OK-ACCESS-TIMESTAMP');
  if (Math.abs(call.now - sentAt) > WINDOW_MS) return refusal('50102', 'Timestamp request expired');
  const key = keyOf(call.header('OK-ACCESS-KEY') ?? '');
  if (key === null) return refusal('50111', 'Invalid OK-ACCESS-KEY');
  if (call.header('OK-ACCESS-PASSPHRASE') !== key.passphrase) {
    return refusal('50105', 'Request header OK-ACCESS-PASSPHRASE incorrect.');
  }
  const expected = createHmac('sha256', key.secret)
    .update(timestamp + call.method + call.target + call.body)
    .digest('base64');
  return call.header('OK-ACCESS-SIGN') === expected ? null : refusal('50113', 'Invalid Sign');
}
