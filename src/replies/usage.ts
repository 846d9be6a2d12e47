/** How a command is written: `/reduce POSITION [size] [hf=…]`. What is in brackets may be left out. */
export function usageOf(command: {
  readonly name: string;
  readonly options: readonly {
    readonly name: string;
    readonly neededUnless?: readonly string[];
    readonly isNamed?: true;
  }[];
}): string {
  const words = command.options.map(({ name, neededUnless, isNamed }) => {
    if (neededUnless?.length === 0) return name.toUpperCase();
    return isNamed ? `[${name}=…]` : `[${name}]`;
  });
  return [`/${command.name}`, ...words].join(' ');
}
