import type { CommandSpec } from '../src/app/command.ts';
import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { note, tableOf, words } from '../src/replies/table-of.ts';
import type { TextKey } from '../src/replies/translate.ts';
import { usageOf } from '../src/replies/usage.ts';

type AboutKey = Extract<TextKey, `about.${string}`>;

/** One line per command, and how arguments are written. Reads no venue. */
export const help = defineCommand({
  name: 'help',
  access: 'read',
  options: [],
  run({ commands, accounts, isDemo, say }) {
    // Every command has its text under its name; a test holds that.
    const about = ({ name }: CommandSpec) => say(`about.${name}` as AboutKey);
    const example = accounts[0]?.id ?? 'bybit-a';
    return Promise.resolve(
      ok({
        data: {
          commands: commands.map((command) => ({
            name: command.name,
            usage: usageOf(command),
            about: about(command),
          })),
        },
        gaps: [],
        reply: {
          title: say('help.title'),
          severity: null,
          figures: [],
          tables: [
            tableOf<CommandSpec>({
              caption: null,
              empty: say('help.empty'),
              rows: commands,
              columns: [words(say('help.command'), 1, usageOf), words(say('help.about'), 1, about)],
            }),
          ],
          paragraphs: [say('help.grammar', { example }), say('help.marks')],
          notes: isDemo ? [note(say('common.demo'))] : [],
          takenAt: null,
        },
      }),
    );
  },
});
