import type { CommandSpec, OptionSpec } from './command.ts';

/** What could be typed next: command names, then values and names of the command's options. */
export function completeLine(
  line: string,
  known: {
    readonly commands: readonly CommandSpec[];
    readonly accounts: readonly string[];
    readonly assets: readonly string[];
    readonly positions: readonly string[];
    readonly scenarios: readonly string[];
  },
): [candidates: string[], replaces: string] {
  const words = line.trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  if (words.length <= 1) {
    const names = known.commands.map(({ name }) => `/${name} `);
    const typed = last.startsWith('/') ? last : `/${last}`;
    return [names.filter((name) => name.startsWith(typed)), last];
  }
  const name = (words[0] ?? '').replace(/^\//, '');
  const options = known.commands.find((command) => command.name === name)?.options ?? [];
  const valuesOf: Partial<Record<OptionSpec['type'], readonly string[]>> = {
    account: known.accounts,
    asset: known.assets,
    position: known.positions,
    clear: ['tp', 'sl', 'trail', 'all'],
    scenario: known.scenarios,
  };
  const candidates = options.flatMap((option) => {
    const values = valuesOf[option.type] ?? [];
    const named = `${option.name}=`;
    return last.startsWith(named) ? values.map((value) => named + value) : [...values, named];
  });
  return [candidates.filter((text) => text.toLowerCase().startsWith(last.toLowerCase())), last];
}
