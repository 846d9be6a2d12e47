/** What came of one request. Nothing of the other side's words but the capped body. */
export type Posted =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfterMs: number | null;
      readonly text: string;
    }
  /** It never left: no connection was made. */
  | { readonly kind: 'unsent' }
  /** It may have arrived. */
  | { readonly kind: 'unknown' };

export interface PostOrder {
  readonly url: string;
  readonly method?: 'POST' | 'HEAD' | 'GET';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly limitMs?: number;
}

/** Half of the outbox's lease, with room for a slow store. */
const LIMIT_MS = 10_000;
const LONGEST_BODY = 64 * 1024;

/** Before any byte of the request was on its way. */
const UNSENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** One exchange under one deadline. Follows no redirect, reads no more than 64 KiB. Never rejects. */
export async function postJson(order: PostOrder): Promise<Posted> {
  try {
    const response = await fetch(order.url, {
      method: order.method ?? 'POST',
      headers: {
        ...(order.body === undefined ? {} : { 'content-type': 'application/json' }),
        'user-agent': 'plimsoll',
        ...order.headers,
      },
      body: order.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.timeout(order.limitMs ?? LIMIT_MS),
    });
    const text = await cappedText(response);
    const retryAfterMs = pauseOf(response.headers.get('retry-after'));
    return { kind: 'answered', status: response.status, retryAfterMs, text };
  } catch (fault) {
    return { kind: isUnsent(fault) ? 'unsent' : 'unknown' };
  }
}

/** A body that stalls or breaks off does not undo the status line. */
async function cappedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let read = 0;
  try {
    for await (const chunk of response.body ?? []) {
      read += chunk.byteLength;
      if (read > LONGEST_BODY) return '';
      text += decoder.decode(chunk, { stream: true });
    }
  } catch {
    return '';
  }
  return text + decoder.decode();
}

/** Seconds only: a date would need the other side's clock. */
function pauseOf(header: string | null): number | null {
  return header !== null && /^\d{1,6}(\.\d+)?$/.test(header.trim())
    ? Math.ceil(Number(header) * 1000)
    : null;
}

function isUnsent(fault: unknown): boolean {
  const cause = fault instanceof Error ? fault.cause : null;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' && UNSENT.test(code);
}
