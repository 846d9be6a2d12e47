import type { Api } from 'grammy';
import type { Log } from '../../../ports/log.ts';
import { cleanLine } from './clean-text.ts';
import { LIMITS } from './limits.ts';
import type { TelegramCommand } from './telegram-options.ts';

/**
 * The menu behind the slash, in English for everybody and in Chinese for Chinese clients. Two
 * requests at each start; a failure costs the menu and nothing else.
 */
export async function registerCommands(
  commands: readonly TelegramCommand[],
  api: Api,
  log: Log,
): Promise<void> {
  const menu = (locale: 'en' | 'zh-CN') =>
    commands
      .filter(({ name }) => LIMITS.commandName.test(name))
      .slice(0, LIMITS.commands)
      .map(({ name, description }) => ({
        command: name,
        description: cleanLine(description[locale]).slice(0, LIMITS.commandDescription) || name,
      }));
  try {
    await api.setMyCommands(menu('en'));
    await api.setMyCommands(menu('zh-CN'), { language_code: 'zh' });
  } catch {
    log.warn('telegram did not take the command menu', { network: 'telegram' });
  }
}
