/** `1000PEPE`, `10000SATS`, `1000000MOG`: at least three zeros, so that `1INCH` stays an asset. */
const LEADING = /^(10{3,8})([A-Z][A-Z0-9]*)$/;
/** Bybit writes one of them the other way round: `SHIB1000`. */
const TRAILING = /^([A-Z]+)(10{3,8})$/;
/** `1MBABYDOGE` on Binance. */
const MILLION = /^1M([A-Z]{3,})$/;
/** Hyperliquid's thousands, upper-cased by ccxt. Listed: `K…` begins many honest names. */
const KILO = /^K(PEPE|SHIB|BONK|FLOKI|LUNC|DOGS|NEIRO)$/;

/** The asset behind a contract's base name, and how many of it the venue counts as one; `1` without a prefix. */
export function splitMultiplier(base: string): { asset: string; multiplier: string } {
  const name = base.toUpperCase();
  const leading = LEADING.exec(name);
  if (leading?.[1] && leading[2]) return { asset: leading[2], multiplier: leading[1] };
  const trailing = TRAILING.exec(name);
  if (trailing?.[1] && trailing[2]) return { asset: trailing[1], multiplier: trailing[2] };
  const million = MILLION.exec(name);
  if (million?.[1]) return { asset: million[1], multiplier: '1000000' };
  const kilo = KILO.exec(name);
  if (kilo?.[1]) return { asset: kilo[1], multiplier: '1000' };
  return { asset: base, multiplier: '1' };
}
