import { Decimal } from '../domain/decimal.ts';
import type { Locale } from './translate.ts';
import { createTranslate } from './translate.ts';

/**
 * Which way a figure may be wrong by rounding. `down` (toward −∞): equity, free margin, health,
 * distance. `up` (toward +∞): requirements, and ratios whose danger is upward. `nearest`: figures
 * without a dangerous side.
 */
export type Rounding = 'down' | 'up' | 'nearest';

/**
 * Figures for people, in one locale and time zone. Exact: no figure passes through a float.
 * Null prints as an en dash. Letters and signs stay ASCII, so that columns align in chat.
 */
export interface Formatter {
  /** `$1,234`, `-$0.35`. Whole dollars from 100 on, else cents; dust shows two digits. */
  usd(value: Decimal | null, rounding: Rounding): string;
  /** The same without the sign of the currency, for columns that name it. */
  amount(value: Decimal | null, rounding: Rounding): string;
  /** `$1.23M`; in Chinese `$123万`. For headlines, never for table cells. */
  compactUsd(value: Decimal | null, rounding: Rounding): string;
  /** With the digits of the instrument's tick, else at most seven significant ones. */
  price(value: Decimal | null, of: { tickSize: Decimal | null; rounding: Rounding }): string;
  /** At most six significant digits, never fewer than its whole units. */
  quantity(value: Decimal | null): string;
  /** A ratio (1 = 100 %) as percent: one decimal, two below 1 %. */
  percent(value: Decimal | null, rounding: Rounding): string;
  /** A ratio as a multiple: `1.42x`. */
  multiple(value: Decimal | null, rounding: Rounding): string;
  /** A venue's leverage setting, in its own digits: `10x`. */
  leverage(value: Decimal | null): string;
  /** `12 s`, `3 min`; never younger than it is. */
  age(ms: number | null): string;
  /** `12s`, `3m`: ASCII in every language, for columns. */
  shortAge(ms: number | null): string;
  /** `2026-03-01 14:32:05 UTC`. */
  instant(epochMs: number | null): string;
  /** `14:32:05 UTC`. */
  time(epochMs: number | null): string;
}

const UNKNOWN = '–';

const MODES = {
  down: { decimal: Decimal.ROUND_FLOOR, intl: 'floor' },
  up: { decimal: Decimal.ROUND_CEIL, intl: 'ceil' },
  nearest: { decimal: Decimal.ROUND_HALF_EVEN, intl: 'halfEven' },
} as const;

export function createFormatter(locale: Locale, timeZone: string): Formatter {
  const fixed = createFixed(locale);
  const clock = createClock(timeZone);
  const say = createTranslate(locale);
  const amount = (value: Decimal, rounding: Rounding) =>
    fixed(value, amountPlaces(value), rounding);
  // A figure that is no number is a figure that nobody knows.
  const shown = (value: Decimal | null, text: (known: Decimal) => string) =>
    value?.isFinite() ? text(value) : UNKNOWN;
  return {
    amount: (value, rounding) => shown(value, (known) => amount(known, rounding)),
    usd: (value, rounding) => shown(value, (known) => dollars(amount(known, rounding))),
    compactUsd: (value, rounding) =>
      shown(value, (known) => dollars(compact(known, { locale, rounding }))),
    price: (value, { tickSize, rounding }) =>
      shown(value, (known) => fixed(known, pricePlaces(known, tickSize), rounding)),
    quantity: (value) => shown(value, (known) => fixed(known, ownPlaces(known, 6), 'nearest')),
    percent: (value, rounding) =>
      shown(value, (known) => {
        const percent = known.times(100);
        return `${fixed(percent, percentPlaces(percent), rounding)}%`;
      }),
    multiple: (value, rounding) => shown(value, (known) => `${fixed(known, 2, rounding)}x`),
    leverage: (value) =>
      shown(value, (known) => `${fixed(known, Math.min(known.decimalPlaces(), 2), 'up')}x`),
    age: (ms) => {
      if (ms === null) return UNKNOWN;
      const { unit, count } = ageOf(ms);
      return say(`age.${unit}`, { count });
    },
    shortAge: (ms) => {
      if (ms === null) return UNKNOWN;
      const { unit, count } = ageOf(ms);
      return `${count}${unit.charAt(0)}`;
    },
    instant: (at) => (at === null ? UNKNOWN : `${clock(at).date} ${clock(at).time}`),
    time: (at) => (at === null ? UNKNOWN : clock(at).time),
  };
}

/** Grouped text with a fixed number of decimals; Intl sees only digits that it need not round. */
function createFixed(locale: Locale) {
  const formats = new Map<number, Intl.NumberFormat>();
  return (value: Decimal, places: number, rounding: Rounding): string => {
    const rounded = value.toDecimalPlaces(places, MODES[rounding].decimal);
    const format = formats.get(places) ?? numberFormat(locale, places);
    formats.set(places, format);
    return format.format(plain(rounded));
  };
}

function numberFormat(locale: Locale, places: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    // A small negative that rounds to nothing is "0.00", not "-0.00".
    signDisplay: 'negative',
  });
}

function compact(value: Decimal, as: { locale: Locale; rounding: Rounding }): string {
  const format = new Intl.NumberFormat(as.locale, {
    notation: 'compact',
    maximumSignificantDigits: 3,
    roundingMode: MODES[as.rounding].intl,
    signDisplay: 'negative',
  });
  return format.format(plain(value));
}

function plain(value: Decimal): Intl.StringNumericLiteral {
  return value.toFixed() as Intl.StringNumericLiteral;
}

function dollars(text: string): string {
  return text.startsWith('-') ? `-$${text.slice(1)}` : `$${text}`;
}

function amountPlaces(value: Decimal): number {
  if (value.isZero() || value.e >= 2) return 0;
  return value.e >= -2 ? 2 : Math.min(1 - value.e, 10);
}

function pricePlaces(value: Decimal, tickSize: Decimal | null): number {
  const isUsable = tickSize?.gt(0) === true;
  return isUsable ? tickSize.decimalPlaces() : ownPlaces(value, 7);
}

/** As many decimals as the value has, but no more than `significant` digits in all. */
function ownPlaces(value: Decimal, significant: number): number {
  const kept = value.toSignificantDigits(Math.max(significant, value.e + 1));
  return kept.decimalPlaces();
}

function percentPlaces(percent: Decimal): number {
  if (percent.isZero() || percent.abs().gte(1000)) return 0;
  return percent.abs().lt(1) ? 2 : 1;
}

/** Upward, so that nothing looks fresher than it is; two of a unit before the next one begins. */
function ageOf(ms: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 120) return { unit: 'seconds', count: seconds };
  if (seconds <= 7200) return { unit: 'minutes', count: Math.ceil(seconds / 60) };
  if (seconds <= 172_800) return { unit: 'hours', count: Math.ceil(seconds / 3600) };
  return { unit: 'days', count: Math.ceil(seconds / 86_400) };
}

function createClock(timeZone: string): (at: number) => { date: string; time: string } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    return {
      date: `${part('year')}-${part('month')}-${part('day')}`,
      time: `${part('hour')}:${part('minute')}:${part('second')} ${zoneName(part('timeZoneName'))}`,
    };
  };
}

/** `UTC`, `UTC+8`. */
function zoneName(offset: string): string {
  return offset.replace(/^GMT([+-]0$)?/u, 'UTC');
}
