import { readdirSync } from 'node:fs';
import type { Exchange } from 'ccxt';

type ExchangeClass = new (config: object) => Exchange;

/** ccxt exports only its root, which loads all exchanges: 40 MB and 0.3 s for the three we want. */
const ROOT = import.meta.resolve('ccxt');

/** Every exchange id ccxt knows. Listed from its files, because asking ccxt itself would load it. */
export function ccxtIds(): string[] {
  return readdirSync(new URL('./src/abstract/', ROOT))
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.slice(0, -'.js'.length));
}

/** The same exchange with its WebSockets. */
export async function loadStreamClass(id: string): Promise<ExchangeClass> {
  const single: { default: ExchangeClass } = await import(new URL(`./src/pro/${id}.js`, ROOT).href);
  return single.default;
}

/** One exchange's REST class. Past the export map by file name; the root entry is the way back. */
export async function loadExchangeClass(id: string): Promise<ExchangeClass> {
  try {
    const single: { default: ExchangeClass } = await import(new URL(`./src/${id}.js`, ROOT).href);
    return single.default;
  } catch {
    const { default: all } = await import('ccxt');
    const found = (all as unknown as Record<string, ExchangeClass | undefined>)[id];
    if (found === undefined) throw new TypeError(`ccxt has no exchange ${JSON.stringify(id)}`);
    return found;
  }
}
