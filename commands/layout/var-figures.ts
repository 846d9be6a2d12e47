import type { CommandContext } from '../../src/app/command.ts';
import { ratioOf } from '../../src/domain/decimal.ts';
import type { Usd } from '../../src/domain/units.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Figure } from '../../src/replies/reply.ts';
import { figure } from '../../src/replies/table-of.ts';
import { whatIfUsd } from '../../src/risk/stress/what-if-usd.ts';
import type { VarAnswer } from '../../src/risk/var/var-answer.ts';
import { coverageOf, partly, partlyToo } from './coverage.ts';
import { dayText } from './var-data.ts';
import type { VarView } from './var-view.ts';

export function varFigures(view: VarView, snapshot: Snapshot, context: CommandContext): Figure[] {
  const { say, format } = context;
  const { answer, parametric, equityUsd } = view;
  const coverage = coverageOf(snapshot);
  const value = amountOf(answer, 'var99Usd');
  const share = ratioOf(value, equityUsd?.gt(0) === true ? equityUsd : null);
  const usd = format.usd(value, 'up');
  const ofEquity =
    share === null ? usd : say('var.ofEquity', { text: usd, share: format.percent(share, 'up') });
  const whole = (text: string) => without(unknownText(text, answer, context), answer, context);
  const shortfall = whole(format.usd(amountOf(answer, 'es975Usd'), 'up'));
  return [
    figure(say('var.var99'), partly(whole(ofEquity), coverage, context)),
    figure(say('var.es975'), partlyToo(shortfall, coverage, context)),
    ...(isInstantToo(answer) ? [parametricFigure(parametric, snapshot, context)] : []),
    figure(say('var.asOf'), dayText(answer.asOfDay)),
  ];
}

/** The instant answer stands beside the better one, not beside itself. */
function isInstantToo(answer: VarAnswer): boolean {
  return answer.kind === 'known' && answer.method === 'fhs';
}

function parametricFigure(answer: VarAnswer, snapshot: Snapshot, context: CommandContext): Figure {
  const { say, format } = context;
  const text = say('var.parametricText', {
    var: format.usd(amountOf(answer, 'var99Usd'), 'up'),
    es: format.usd(amountOf(answer, 'es975Usd'), 'up'),
  });
  return figure(say('var.parametric'), partlyToo(text, coverageOf(snapshot), context));
}

function amountOf(answer: VarAnswer, key: 'var99Usd' | 'es975Usd'): Usd | null {
  return whatIfUsd(answer.kind === 'known' ? answer[key] : null);
}

function unknownText(text: string, answer: VarAnswer, { say }: CommandContext): string {
  if (answer.kind === 'known') return text;
  return say('var.unknown', { reason: say(`var.reason.${answer.reason}`) });
}

/** What is left out of a total is named in its own line. */
function without(text: string, answer: VarAnswer, { say }: CommandContext): string {
  const assets = answer.omitted.map(({ asset }) => asset).join(', ');
  return answer.kind === 'unknown' || assets === '' ? text : say('var.without', { text, assets });
}
