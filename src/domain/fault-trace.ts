/**
 * What may be logged of something thrown by who knows whom: its kind and where it happened, never its
 * message, which may quote a signed address or a venue's own words.
 */
export function faultTrace(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'not an error';
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [thrown.name, ...frames].join('\n');
}
