import { ProxyAgent, fetch as undiciFetch } from 'undici';

const agents = new Map<string, ProxyAgent>();

/** `fetch` with another way out. node's own fetch cannot be told a proxy per request. */
export async function sendThroughProxy(
  url: string,
  init: RequestInit,
  proxy: string,
): Promise<Response> {
  let agent = agents.get(proxy);
  if (agent === undefined) {
    agent = new ProxyAgent(proxy);
    agents.set(proxy, agent);
  }
  const options = { ...init, dispatcher: agent } as Parameters<typeof undiciFetch>[1];
  // undici's Response is the class behind node's own; only the type declarations differ.
  return (await undiciFetch(url, options)) as unknown as Response;
}
