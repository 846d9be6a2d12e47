/** A provider's answer to a plan has a few hundred bytes. */
const MOST_BYTES = 65_536;

/** Why we ended an exchange ourselves. */
export class ExchangeStopped extends Error {
  readonly why: 'too-large' | 'redirect';
  constructor(why: 'too-large' | 'redirect') {
    super(why);
    this.why = why;
  }
}

const KEPT = ['content-type', 'retry-after', 'retry-after-ms'];

/**
 * A fetch for the SDK that follows no redirect, reads at most 64 KiB, and sends three headers of our own:
 * whatever the environment or the SDK would add about this machine stays here.
 */
export function cappedFetch(apiKey: string): typeof fetch {
  return async (input, init = {}) => {
    const response = await fetch(input, {
      method: init.method ?? 'POST',
      body: init.body ?? null,
      signal: init.signal ?? null,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': 'plimsoll',
      },
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new ExchangeStopped('redirect');
    }
    const text = await readCapped(response);
    const headers = KEPT.flatMap((name): [string, string][] => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    return new Response(text === '' ? null : text, { status: response.status, headers });
  };
}

async function readCapped(response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  // Leaving the loop cancels the stream: nothing more is read.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new ExchangeStopped('too-large');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
