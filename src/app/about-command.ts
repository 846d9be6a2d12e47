import type { TextKey, Translate } from '../replies/translate.ts';
import type { CommandSpec, OptionSpec } from './command.ts';

type AboutKey = Extract<TextKey, `about.${string}`>;

/** One line on what a command answers. Every command has its text under its name; a test holds that. */
export function aboutCommand({ name }: Pick<CommandSpec, 'name'>, say: Translate): string {
  return say(`about.${name}` as AboutKey);
}

/** What an argument is, with an example where one helps. */
export function aboutOption(
  { type }: OptionSpec,
  { say, example }: { readonly say: Translate; readonly example: string },
): string {
  return type === 'account' ? say('option.account', { example }) : say(`option.${type}`);
}
