import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { figure, note } from '../src/replies/table-of.ts';

/** Who the desk takes the asker for. Reads no venue. */
export const whoami = defineCommand({
  name: 'whoami',
  access: 'read',
  options: [],
  run({ actor, accounts, deskName, isDemo, say }) {
    const { person, roles, network } = actor;
    const ids = accounts.map(({ id }) => id);
    return Promise.resolve(
      ok({
        data: { person, roles, accounts: ids, network },
        gaps: [],
        reply: {
          title: say('whoami.title', { person }),
          severity: null,
          figures: [
            figure(say('whoami.roles'), roles.map((role) => say(`role.${role}`)).join(', ')),
            figure(say('whoami.network'), say(`network.${network}`)),
            figure(say('whoami.desk'), deskName),
            figure(say('whoami.accounts'), ids.length === 0 ? say('common.none') : ids.join(', ')),
          ],
          tables: [],
          paragraphs: [],
          notes: isDemo ? [note(say('common.demo'))] : [],
          takenAt: null,
        },
      }),
    );
  },
});
