/** Pairs that the argument grammar of every chat knows; it has no escape sign. */
const QUOTES = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
] as const;
const ANY_QUOTE = /["'“”‘’]/u;

/** A slash command as the line that would have been typed elsewhere: `/liq asset=BTC`. */
export function slashLine(
  name: string,
  options: readonly { readonly name: string; readonly value: string }[],
): string {
  return [`/${name}`, ...options.map((option) => `${option.name}=${quoted(option.value)}`)].join(
    ' ',
  );
}

function quoted(value: string): string {
  if (!/\s/u.test(value) && !ANY_QUOTE.test(value)) return value;
  // Whatever opens a quote inside another one is only a sign.
  const pair = QUOTES.find(([, close]) => !value.includes(close));
  const [open, close] = pair ?? QUOTES[0];
  const text = pair === undefined ? value.replaceAll(close, '') : value;
  return `${open}${text}${close}`;
}
