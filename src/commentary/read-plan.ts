import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { ActClaim, Claim } from './claims.ts';
import { ACT_CLAIMS, EXTRAS, HEADS } from './claims.ts';
import type { Plan, PlanItem } from './plan.ts';
import { ACT_IDS, FACT_IDS, MOST_ACT_CLAIMS, MOST_CLAIMS, MOST_ITEMS } from './plan.ts';

/** Why a text is no plan at all. */
export type PlanUnreadable = 'too-large' | 'no-json' | 'shape';

const MOST_CHARACTERS = 8192;

/** Strictly: every key, no key more, only known ids. One fence around the JSON is forgiven. */
export function readPlan(text: string): Result<Plan, PlanUnreadable> {
  if (text.length > MOST_CHARACTERS) return err('too-large');
  let parsed: unknown;
  try {
    parsed = JSON.parse(unfenced(text));
  } catch {
    return err('no-json');
  }
  if (!hasOnly(parsed, ['items']) || !Array.isArray(parsed['items'])) return err('shape');
  const items = parsed['items'].map(readItem);
  if (items.length === 0 || items.length > MOST_ITEMS) return err('shape');
  return items.every((item) => item !== null) ? ok({ items }) : err('shape');
}

/** A thought before, or a fence around: what small models put there. */
function unfenced(text: string): string {
  const plain = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim();
  const fenced = /^```(?:json)?\n([\s\S]*)\n```$/.exec(plain);
  return fenced?.[1] ?? plain;
}

function readItem(item: unknown): PlanItem | null {
  if (!hasOnly(item, ['fact', 'claims', 'act', 'aclaims'])) return null;
  const { fact, claims, act, aclaims } = item;
  if (!isOneOf(fact, FACT_IDS)) return null;
  if (act !== null && !isOneOf(act, ACT_IDS)) return null;
  const isClaim = (each: unknown): each is Claim => isOneOf(each, [...HEADS, ...EXTRAS]);
  const isActClaim = (each: unknown): each is ActClaim => isOneOf(each, ACT_CLAIMS);
  if (!isListOf(claims, isClaim, MOST_CLAIMS) || claims.length === 0) return null;
  if (!isListOf(aclaims, isActClaim, MOST_ACT_CLAIMS)) return null;
  return { fact, claims, act, aclaims };
}

function hasOnly<Key extends string>(
  value: unknown,
  keys: readonly Key[],
): value is Record<Key, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const own = Object.keys(value);
  return own.length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

function isOneOf(value: unknown, known: readonly string[]): value is string {
  return typeof value === 'string' && known.includes(value);
}

/** Without doubles. */
function isListOf<T>(value: unknown, is: (each: unknown) => each is T, most: number): value is T[] {
  if (!Array.isArray(value) || value.length > most) return false;
  return value.every(is) && new Set(value).size === value.length;
}
