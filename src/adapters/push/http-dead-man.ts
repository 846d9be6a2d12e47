import { postJson } from './post-json.ts';

/**
 * An outside check in the manner of healthchecks: its address says well, the address with `/fail` says
 * not well, the reason as the body. A query string stays behind the path.
 */
export function httpDeadMan(url: string, limitMs = 10_000) {
  const isTaken = async (to: string, body?: string) => {
    const posted = await postJson({
      url: to,
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'text/plain' },
      ...(body === undefined ? {} : { body }),
      limitMs,
    });
    return posted.kind === 'answered' && posted.status >= 200 && posted.status < 300;
  };
  return {
    well: () => isTaken(url),
    unwell: (reason: string) => isTaken(failUrl(url), reason),
  };
}

function failUrl(url: string): string {
  const parsed = new URL(url);
  parsed.pathname = `${parsed.pathname.replace(/\/$/, '')}/fail`;
  return parsed.href;
}
