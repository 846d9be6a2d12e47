import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import { nearest } from '../replies/nearest.ts';
import type { Translate } from '../replies/translate.ts';
import { usageOf } from '../replies/usage.ts';
import type { CommandSpec, Options } from './command.ts';
import { splitWords, type Word } from './split-words.ts';

export interface ParsedLine {
  readonly command: CommandSpec;
  readonly options: Options;
}

/**
 * The one argument grammar of every chat: `/name words… key=value…`. The slash may be missing,
 * `@bot` after the name is dropped, names ignore case, quotes hold blanks together.
 * The error is a localised sentence that says what to write instead.
 */
export function parseLine(
  line: string,
  commands: readonly CommandSpec[],
  say: Translate,
): Result<ParsedLine, string> {
  const words = splitWords(line);
  if (words === null) return err(say('usage.openQuote', { text: line.trim() }));
  const [first, ...rest] = words;
  const name = (first?.text ?? '').replace(/^[/／]/u, '').replace(/@.*$/u, '');
  if (name === '') return err(say('usage.empty'));
  const command = commands.find((known) => known.name === name.toLowerCase());
  if (command === undefined) return err(sayUnknown(name, commands, say));
  const options = readOptions(rest, command, say);
  return options.ok ? ok({ command, options: options.value }) : options;
}

function sayUnknown(name: string, commands: readonly CommandSpec[], say: Translate): string {
  const near = nearest(
    name,
    commands.map((command) => command.name),
  );
  return near === null
    ? say('usage.unknownCommand', { name })
    : say('usage.unknownCommandNear', { name, near });
}

function readOptions(
  words: readonly Word[],
  command: CommandSpec,
  say: Translate,
): Result<Options, string> {
  const usage = usageOf(command);
  const options = new Map<string, string>();
  const inOrder = command.options.filter(({ isNamed }) => !isNamed);
  let position = 0;
  let hasNamed = false;
  for (const word of words) {
    const named = nameOf(word);
    if (named === null && hasNamed)
      return err(say('usage.wordAfterName', { word: word.text, usage }));
    const name = named === null ? inOrder[position]?.name : optionNamed(named.name, command);
    if (name === undefined) return err(sayUnexpected(word, command, say));
    const value = named === null ? word.text : named.value;
    if (value === '') return err(say('usage.emptyValue', { name, usage }));
    if (options.has(name)) return err(say('usage.duplicate', { name, usage }));
    options.set(name, value);
    if (named === null) position += 1;
    else hasNamed = true;
  }
  return ok(Object.fromEntries(options));
}

function optionNamed(name: string, command: CommandSpec): string | undefined {
  return command.options.find((option) => option.name === name.toLowerCase())?.name;
}

/** A word that fits nowhere: one too many, or a name that the command does not have. */
function sayUnexpected(word: Word, command: CommandSpec, say: Translate): string {
  const usage = usageOf(command);
  const named = nameOf(word);
  if (command.options.length === 0) {
    return say('usage.takesNothing', { command: command.name, word: word.text });
  }
  if (named === null) return say('usage.tooMany', { usage, word: word.text });
  const known = command.options.map((option) => option.name);
  const near = nearest(named.name, known);
  const facts = { command: command.name, name: named.name, usage };
  return near === null
    ? say('usage.unknownOption', facts)
    : say('usage.unknownOptionNear', { ...facts, near });
}

/** `key=value`, unless the word began with a quote: quoted words are always values. */
function nameOf(word: Word): { name: string; value: string } | null {
  if (word.isQuoted) return null;
  const match = /^([^=＝]+)[=＝](.*)$/su.exec(word.text);
  return match === null ? null : { name: match[1] ?? '', value: match[2] ?? '' };
}
