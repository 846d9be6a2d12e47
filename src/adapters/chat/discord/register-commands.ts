import { createHash } from 'node:crypto';
import type { Log } from '../../../ports/log.ts';
import { clipText } from './clip-text.ts';
import type { DiscordCalls } from './discord-calls.ts';
import type { DiscordCommand, DiscordCommandOption, DiscordOptions } from './discord-options.ts';
import { LIMITS } from './limits.ts';

const CHAT_INPUT = 1;
const STRING = 3;
/** Guilds and the private chat with the bot; not other people's private channels. */
const EVERYWHERE = { contexts: [0, 1], integration_types: [0] };

/**
 * Registers the commands unless they are registered already: Discord counts creations, 200 a day
 * and guild. Amounts are text, since Discord's numbers are floats.
 */
export async function registerCommands(
  options: Pick<DiscordOptions, 'application' | 'guild' | 'commands' | 'registeredHash'>,
  deps: { readonly calls: DiscordCalls; readonly log: Log },
): Promise<void> {
  const { application, guild } = options;
  const body = options.commands.map((command) => commandBody(command, guild));
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const key = `discord-commands ${application} ${guild ?? 'global'}`;
  if ((await options.registeredHash.get(key)) === hash) return;
  const { outcome, code } = await deps.calls.putCommands(guild, body);
  if (outcome.kind === 'delivered') await options.registeredHash.set(key, hash);
  else deps.log.error('discord commands not registered', { outcome: outcome.kind, code });
}

/** One command in the words of Discord's API. */
function commandBody(command: DiscordCommand, guild: string | null): object {
  // Discord refuses a required option behind an optional one.
  const options = [...command.options].sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
  return {
    type: CHAT_INPUT,
    name: command.name,
    ...described(command),
    options: options.map(optionBody),
    ...(guild === null ? EVERYWHERE : {}),
  };
}

function optionBody(option: DiscordCommandOption): object {
  return {
    type: STRING,
    name: option.name,
    ...described(option),
    required: option.isRequired,
    autocomplete: option.isSuggested,
  };
}

function described({ description }: Pick<DiscordCommand, 'description'>): object {
  const short = (text: string) => clipText(text, LIMITS.commandDescription, () => '…');
  return {
    description: short(description.en),
    description_localizations: { 'zh-CN': short(description['zh-CN']) },
  };
}
