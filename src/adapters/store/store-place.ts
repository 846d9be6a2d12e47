export const isPostgresUrl = (place: string): boolean => /^postgres(ql)?:\/\//.test(place);

/** Where it is, for people: a file's path, or an address without its password. */
export function placeText(url: string): string {
  if (!isPostgresUrl(url)) return url;
  if (!URL.canParse(url)) return 'postgres://';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
