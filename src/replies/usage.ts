/** How a command is written: `/liq [asset] [account]`. Every option may be left out. */
export function usageOf(command: {
  readonly name: string;
  readonly options: readonly { readonly name: string }[];
}): string {
  return [`/${command.name}`, ...command.options.map((option) => `[${option.name}]`)].join(' ');
}
