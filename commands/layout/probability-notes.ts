import type { CommandContext } from '../../src/app/command.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import type { ProbabilityFigure } from '../../src/risk/probability/liquidation-probability.ts';
import { isRough } from './probability-text.ts';

export interface NamedProbability {
  /** Handle of a position, id of an account. */
  readonly name: string;
  readonly figure: ProbabilityFigure;
}

/** What `~` stands for here, once; and for whom there is no figure, and why. */
export function probabilityNotes(
  all: readonly NamedProbability[],
  context: CommandContext,
): Note[] {
  const { say } = context;
  const methods = Map.groupBy(
    all.filter(({ figure }) => isRough(figure)),
    ({ figure }) => (figure.kind === 'known' ? figure.method : 'certain'),
  );
  const said = [...methods].map(([method, { length: count }]) =>
    say(`probability.method.${method}`, { count }),
  );
  const rough =
    said.length === 0 ? [] : [note(say('probability.rough', { methods: said.join('; ') }))];
  return [...rough, ...unknownNotes(all, context)];
}

function unknownNotes(all: readonly NamedProbability[], { say }: CommandContext): Note[] {
  const unknown = all.flatMap(({ name, figure }) =>
    figure.kind === 'unknown' ? [{ name, because: figure.because }] : [],
  );
  return [...Map.groupBy(unknown, ({ because }) => because)].map(([because, rows]) => {
    const reason = say(`probability.missing.${because}`);
    const names = rows.map(({ name }) => name).join(', ');
    return note(say('probability.unknown', { names, reason }));
  });
}
