import type { CommandSpec, OptionSpec, Options } from './command.ts';

/** The first argument that the command cannot do without; null: nothing is missing. */
export function missingOption(command: CommandSpec, options: Options): OptionSpec | null {
  const isMissing = ({ name, neededUnless }: OptionSpec) =>
    neededUnless !== undefined &&
    options[name] === undefined &&
    neededUnless.every((other) => options[other] === undefined);
  return command.options.find(isMissing) ?? null;
}
