const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30m`, `2h` in milliseconds; null for what is no time. */
export function readDuration(typed: string): number | null {
  const [, digits = '', unit = ''] = /^(\d{1,5})([smhd])$/i.exec(typed.trim()) ?? [];
  const each = UNITS[unit.toLowerCase()];
  return each === undefined || Number(digits) === 0 ? null : Number(digits) * each;
}
