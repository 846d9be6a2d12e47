import { type Decimal, dec } from '../domain/decimal.ts';
import { asUsd } from '../domain/units.ts';
import type { ModelSettings } from '../ports/language-model.ts';
import type { ChatFault } from './chat-settings.ts';

/** How readings are made. Without a model they are made by the rules alone. */
export interface CommentarySettings {
  readonly model: ModelSettings | null;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The desk file's section, as its schema leaves it. */
export interface CommentarySection {
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly model?: string | undefined;
  readonly style?: 'plan' | 'prose' | 'rule' | undefined;
  readonly perMinute?: number | undefined;
  readonly perDay?: Decimal | undefined;
  readonly prices?: Readonly<Record<string, Price>> | undefined;
}

interface Price {
  readonly input: Decimal;
  readonly output: Decimal;
}

const BASE_URL = 'https://api.openai.com/v1';
const MODEL = 'gpt-4.1';
/** US dollars for a million tokens, as listed on the provider's price page on 2026-11-25. */
const LISTED: Readonly<Record<string, Price>> = {
  [MODEL]: { input: dec('2'), output: dec('8') },
};
const PER_MINUTE = 6;
const PER_DAY = dec('1');

/**
 * The desk file first, the environment where it is silent; the demo desk has only the environment. No key,
 * or `style: rule`: no model, and nothing is ever sent.
 */
export function commentarySettings(
  env: Env,
  section: CommentarySection | null,
): { readonly settings: CommentarySettings; readonly faults: readonly ChatFault[] } {
  const apiKey = section?.apiKey ?? env['LLM_KEY'];
  if (!apiKey || section?.style === 'rule') return { settings: { model: null }, faults: [] };
  const fromEnv = section?.baseUrl ? null : env['LLM_BASE_URL'] || null;
  const baseUrl = (section?.baseUrl ?? fromEnv ?? BASE_URL).replace(/\/+$/, '');
  const faults = isModelUrl(baseUrl)
    ? []
    : [{ path: fromEnv ? ['LLM_BASE_URL'] : ['commentary', 'baseUrl'], message: MODEL_URL_WANTED }];
  const model = section?.model ?? (env['LLM_MODEL'] || MODEL);
  const price = section?.prices?.[model] ?? LISTED[model] ?? null;
  const settings: ModelSettings = {
    ...{ baseUrl, apiKey, model },
    perMinute: section?.perMinute ?? PER_MINUTE,
    perDayUsd: asUsd(section?.perDay ?? PER_DAY),
    price: price && { input: asUsd(price.input), output: asUsd(price.output) },
  };
  return { settings: { model: settings }, faults };
}

const MODEL_URL_WANTED =
  'expected an address such as https://api.openai.com/v1, or http only on this machine (http://127.0.0.1:11434/v1)';

/** A key must not travel in the clear, and none may stand in the address. */
function isModelUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  const isHere = ['localhost', '[::1]'].includes(hostname) || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}
