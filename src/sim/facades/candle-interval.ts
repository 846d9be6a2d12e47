const UNIT_MS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Length of `1m`, `4h`, OKX's `4H` and `1Dutc`; null for what is none of these (a month, a second). */
export function candleIntervalMs(name: string): number | null {
  const match = /^(\d{1,2})(?:(m)|([hdwHDW])(?:utc)?)$/.exec(name);
  const unit = UNIT_MS[(match?.[2] ?? match?.[3] ?? '').toLowerCase()];
  return match && unit ? Number(match[1]) * unit : null;
}
