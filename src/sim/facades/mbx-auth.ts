import { hmacSha256, isSameSignature, type SimRequest } from '../facade.ts';

const DEFAULT_WINDOW_MS = 5_000;
const LONGEST_WINDOW_MS = 60_000;
/** A timestamp this far ahead of the server is refused whatever the window is. */
const AHEAD_MS = 1_000;

/** An error in Binance's manner: HTTP status, and the body's `code` and `msg`. */
export interface MbxRefusal {
  readonly status: number;
  readonly code: number;
  readonly msg: string;
}

function refusal(status: number, code: number, msg: string): MbxRefusal {
  return { status, code, msg };
}

function clockRefusal(params: URLSearchParams, now: number): MbxRefusal | null {
  const sent = params.get('timestamp');
  if (sent === null || !/^\d{1,16}$/.test(sent)) {
    return refusal(
      400,
      -1102,
      "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.",
    );
  }
  const window = Number(params.get('recvWindow') ?? DEFAULT_WINDOW_MS);
  if (!(window <= LONGEST_WINDOW_MS)) {
    return refusal(400, -1131, 'recvWindow must be less than 60000.');
  }
  const age = now - Number(sent);
  if (age < -AHEAD_MS) {
    const msg = "Timestamp for this request was 1000ms ahead of the server's time.";
    return refusal(400, -1021, msg);
  }
  return age > window
    ? refusal(400, -1021, 'Timestamp for this request is outside of the recvWindow.')
    : null;
}

/**
 * The check of a signed call in Binance's manner (also ZTDX's `/api/v1/unified/*`): key, then clock,
 * then HMAC-SHA256 over query and form body without the signature. Null means the call may pass.
 * `secretOf` answers null for a key it does not know.
 */
export function mbxRefusal(
  request: SimRequest,
  secretOf: (apiKey: string) => string | null,
): MbxRefusal | null {
  const apiKey = request.headers['x-mbx-apikey'];
  if (!apiKey) return refusal(401, -2014, 'API-key format invalid.');
  const secret = secretOf(apiKey);
  if (secret === null) {
    return refusal(401, -2015, 'Invalid API-key, IP, or permissions for action');
  }
  const sent = request.rawQuery + request.body;
  const signed = /^(.*?)&?signature=([0-9a-fA-F]+)$/s.exec(sent);
  const text = signed?.[1] ?? sent;
  const clock = clockRefusal(new URLSearchParams(text), request.now);
  if (clock !== null) return clock;
  return isSameSignature(hmacSha256(secret, text, 'hex'), signed?.[2]?.toLowerCase())
    ? null
    : refusal(400, -1022, 'Signature for this request is not valid.');
}
