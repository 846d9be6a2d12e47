import { type CommandContext, defineCommand } from '../src/app/command.ts';
import { err, ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { refusalText } from './layout/action-refusal-text.ts';
import { accountsIn } from './layout/narrow.ts';
import { positionData } from './layout/position-data.ts';
import { stopsChangeOf } from './layout/read-stops.ts';
import { stopSuggestion, suggestionData, suggestionNotes } from './layout/stop-suggestion.ts';
import { stopsData, stopsReply } from './layout/stops-reply.ts';

/** Take-profit and stop-loss of a position: shows, sets, clears. */
export const tpsl = defineCommand({
  name: 'tpsl',
  access: 'read',
  usesMarket: true,
  options: [
    { name: 'position', type: 'position', neededUnless: [] },
    { name: 'tp', type: 'take-profit', isNamed: true },
    { name: 'sl', type: 'stop-loss', isNamed: true },
    { name: 'trail', type: 'trail', isNamed: true },
    { name: 'clear', type: 'clear', isNamed: true },
  ],
  async run(context, options) {
    const change = stopsChangeOf(options, context);
    if (!change.ok) return change;
    const handle = options['position'] ?? '';
    if (change.value === null) return show(handle, context);
    const ask = { kind: 'set-stops', change: change.value } as const;
    const made = await context.actions.propose({ kind: 'position', handle, ask });
    return actionAnswer(made, context);
  },
});

async function show(handle: string, context: CommandContext) {
  const look = await context.actions.stops(handle);
  if (!look.ok) return err({ text: refusalText(look.error, context) });
  const whole = await context.snapshot();
  const snapshot = accountsIn(whole, { asset: null, account: look.value.position.account });
  const judged = await context.judge(whole);
  const row = judged.positions.find((each) => each.handle === look.value.handle);
  const position = row === undefined ? null : positionData(row, snapshot.takenAt);
  const suggestion = stopSuggestion(look.value, row, judged);
  const reply = stopsReply(look.value, snapshot, context);
  const notes = [...suggestionNotes(suggestion, look.value, context), ...reply.notes];
  return ok({
    data: {
      ...{ position, stops: stopsData(look.value) },
      suggestion: suggestionData(suggestion, look.value.handle),
    },
    gaps: gapsOf(snapshot),
    lacksFigure: look.value.stops === null,
    reply: { ...reply, notes },
  });
}
