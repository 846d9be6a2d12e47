import type { Destination } from '../../ports/destination.ts';
import type { Reply } from '../../replies/reply.ts';
import type { Translate } from '../../replies/translate.ts';

/**
 * Where a drill speaks: no message of it can be taken for a real one. What only freshens an earlier
 * message is not shown again, and is not counted as having told anybody.
 */
export function markedDestination(
  id: string,
  to: {
    readonly say: Translate;
    readonly show: (reply: Reply) => void;
    readonly told: (incident: string) => void;
  },
): Destination & { say(reply: Reply): void; reminders(): number } {
  let count = 0;
  let reminders = 0;
  const say = (reply: Reply) => {
    to.show({ ...reply, title: to.say('crash.marked', { title: reply.title }) });
  };
  return {
    id,
    say,
    reminders: () => reminders,
    send: ({ view, edits, record }) => {
      count += 1;
      if (edits === null) {
        // Nobody is there to take anything in hand: what only reminds is counted.
        if (record.reason === 'REPEAT') reminders += 1;
        else say(view.reply);
        to.told(record.incident);
      }
      return Promise.resolve({ kind: 'delivered', messageId: edits ?? String(count) });
    },
  };
}
