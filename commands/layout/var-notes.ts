import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import { whatIfUsd } from '../../src/risk/stress/what-if-usd.ts';
import type { KnownVar, VarAnswer } from '../../src/risk/var/var-answer.ts';
import type { VarView } from './var-view.ts';

/** How the figures were made, and what is not in them. */
export function varNotes({ answer }: VarView, snapshot: Snapshot, context: CommandContext): Note[] {
  const known = answer.kind === 'known' ? methodNotes(answer, context) : [];
  return [...omittedNotes(answer, context), ...unstoredNotes(snapshot, context), ...known];
}

/** A forecast over a desk with a hole in it would be scored as if it were whole. */
function unstoredNotes(snapshot: Snapshot, { say }: CommandContext): Note[] {
  const old = snapshot.accounts.filter(({ status }) => status !== 'ok');
  if (old.length === 0) return [];
  const accounts = old.map(({ account }) => account.id).join(', ');
  return [note(say('var.unstored', { accounts }), 'warn')];
}

function omittedNotes({ omitted }: VarAnswer, { say, format }: CommandContext): Note[] {
  return omitted.map(({ asset, exposureUsd, reason }) => {
    const exposure = format.usd(whatIfUsd(exposureUsd), 'nearest');
    const why = say(`var.reason.${reason}`);
    return note(say('var.omitted', { asset, exposure, reason: why }), 'warn');
  });
}

function methodNotes(answer: KnownVar, context: CommandContext): Note[] {
  const { say } = context;
  const { method, fallback, scenarioDays: days, garchAssets, completed, components } = answer;
  if (components.length === 0) return [];
  return [
    ...(fallback === null ? [] : [note(say('var.fallback', { days }), 'warn')]),
    note(say(`var.method.${method}`, { days })),
    ...garchNotes(garchAssets, components.length, context),
    ...completed.map(({ asset, observedDays, drawnDays, after }) =>
      note(
        say('var.completed', { asset, drawn: drawnDays, days: observedDays + drawnDays, after }),
      ),
    ),
  ];
}

function garchNotes(assets: readonly string[], held: number, { say }: CommandContext): Note[] {
  if (assets.length === 0) return [];
  const others = assets.length < held ? 'garch' : 'garchAll';
  return [note(say(`var.${others}`, { assets: assets.join(', ') }))];
}
