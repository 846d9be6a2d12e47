/** What Prometheus would take of a page; throws on everything that it would not. */
export function parseMetrics(text: string) {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const meta = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    if (meta) {
      const [, kind, name = '', rest = ''] = meta;
      if (kind === 'HELP') {
        if (helped.has(name)) throw new Error(`a second HELP: ${name}`);
        helped.add(name);
      } else {
        if (!/^(counter|gauge)$/.test(rest)) throw new Error(`type ${rest}`);
        types.set(name, rest);
      }
      continue;
    }
    const sample =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?))$/.exec(line);
    if (!sample) throw new Error(`not a sample: ${line}`);
    const [, name = '', labels = '', value = ''] = sample;
    const type = types.get(name);
    if (type === undefined) throw new Error(`without a type: ${name}`);
    if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`a ${type}: ${name}`);
    const key = keyOf(name, labelsIn(labels));
    if (samples.has(key)) throw new Error(`twice: ${key}`);
    samples.set(key, Number(value));
  }
  return {
    names: [...types.keys()],
    value: (name: string, labels: Readonly<Record<string, string>>) =>
      samples.get(keyOf(name, labels)),
  };
}

function labelsIn(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let left = text;
  while (left !== '') {
    const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/.exec(left);
    if (!label) throw new Error(`not labels: ${text}`);
    found[label[1] ?? ''] = label[2] ?? '';
    left = left.slice(label[0].length);
  }
  return found;
}

function keyOf(name: string, labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}${JSON.stringify(sorted)}`;
}
