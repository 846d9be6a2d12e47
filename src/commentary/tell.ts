import type { Formatter } from '../replies/format.ts';
import type { Locale } from '../replies/translate.ts';
import type { Extra, Head } from './claims.ts';
import type { Fact } from './fact.ts';
import type { PlanItem } from './plan.ts';
import type { CommandWord } from './remedy.ts';
import { commandOf } from './remedy.ts';
import type { Sheet } from './sheet.ts';
import { countKey, factOf } from './sheet.ts';
import type { Phrase, Words } from './words.ts';
import { figure, name, positionName, word } from './words.ts';
import { english } from './words-en.ts';
import { chinese } from './words-zh-cn.ts';

const WORDS: Readonly<Record<Locale, Words>> = { en: english, 'zh-CN': chinese };

/** In which language, and how figures are written there. */
export interface Voice {
  readonly locale: Locale;
  readonly format: Formatter;
}

/** One paragraph for each item, in order; every figure as the tables show it. */
export function tellItems(items: readonly PlanItem[], sheet: Sheet, voice: Voice): Phrase[] {
  const words = WORDS[voice.locale];
  return items.flatMap((item, place) => {
    const fact = factOf(sheet, item.fact);
    if (fact === null) return [];
    const order = items.length > 1 ? (words.order[place] ?? []) : [];
    const isSaid = items.slice(0, place).some(({ claims }) => claims.includes('no_action'));
    const telling = { sheet, words, format: voice.format, isSaid };
    return [[...order, ...tellItem(item, fact, telling)]];
  });
}

/** Said where nothing is beyond a line and no table marks anything; null where nothing is known at all. */
export function tellCalm(sheet: Sheet, { locale, format }: Voice): Phrase | null {
  const { facts, missing, unknown, isFlat } = sheet;
  if (facts.length === 0 && !isFlat) return null;
  const words = WORDS[locale];
  const isStale = facts.some(({ quality }) => quality === 'stale');
  const isPartial = facts.some(({ quality }) => quality === 'partial');
  const hasHoles = missing > 0 || unknown > 0 || isPartial;
  const calm = words.calm({ nearest: nearestOf(sheet), isFlat, isStale, hasHoles }, format);
  return [...calm, word(words.stop)];
}

/** Of accounts that nothing is known of; null without any. */
export function tellMissing({ missing }: Sheet, { locale }: Voice): Phrase | null {
  return missing === 0 ? null : [...WORDS[locale].missing(missing), word(WORDS[locale].stop)];
}

/** Of positions whose end nobody knows; null without any. */
export function tellUnknown({ unknown }: Sheet, { locale }: Voice): Phrase | null {
  return unknown === 0 ? null : [...WORDS[locale].unknown(unknown), word(WORDS[locale].stop)];
}

const MOST_NAMES = 3;

/** Of what the tables mark and no figure here explains; null without any. */
export function tellUnsaid({ unsaid }: Sheet, { locale }: Voice): Phrase | null {
  const words = WORDS[locale];
  if (unsaid.length === 0) return null;
  const names = unsaid
    .slice(0, MOST_NAMES)
    .flatMap(
      (each, place): Phrase => [
        ...(place > 0 ? [word(words.and)] : []),
        ...(each.kind === 'account'
          ? [name(each.account)]
          : words.on(positionName(each, words), each.account)),
      ],
    );
  return [...words.unsaid(names, unsaid.length > MOST_NAMES), word(words.stop)];
}

/** The position that is nearest to its liquidation price. */
export function nearestOf({ facts }: Sheet): Fact | null {
  const distances = facts.filter(({ metric, quality }) => metric === 'dist' && quality === 'fresh');
  const [nearest] = distances.toSorted((a, b) => a.value.comparedTo(b.value));
  return nearest ?? null;
}

interface Telling {
  readonly sheet: Sheet;
  readonly words: Words;
  readonly format: Formatter;
  /** That nothing helps was said of one before. */
  readonly isSaid: boolean;
}

function tellItem(item: PlanItem, fact: Fact, telling: Telling): Phrase {
  const { sheet, words, format, isSaid } = telling;
  const [head, ...others] = item.claims;
  const extras = others.filter(
    (claim): claim is Exclude<Extra, 'no_action'> => claim !== 'no_action',
  );
  const isWorst = extras.includes('worst');
  const ground = {
    ...{ fact, isWorst },
    breaching: sheet.counts.get(countKey(fact))?.breaching ?? 0,
    idle: sheet.idle.get(fact.id) ?? null,
  };
  // The worst of several is said in one breath, and the only one is the worst.
  const hasWorst = extras.includes('several') || extras.includes('only');
  const spoken = extras.filter((extra) => extra !== 'worst' || !hasWorst);
  const said = spoken.flatMap((extra) => [
    word(words.comma),
    ...words.extra(extra, ground, format),
  ]);
  const helpless = others.includes('no_action')
    ? [...gap(words), ...(isSaid ? words.noActionEither : words.noAction), word(words.stop)]
    : [];
  return [
    ...words.head(fact, head as Head, format),
    ...said,
    word(words.stop),
    ...helpless,
    ...tellAct(item, fact, telling),
  ];
}

/** Between two sentences: a space, which Chinese has inside its full stop. */
function gap({ stop }: Words): Phrase {
  return stop === '.' ? [word(' ')] : [];
}

function tellAct(
  { act, aclaims }: PlanItem,
  fact: Fact,
  { sheet, words, format }: Telling,
): Phrase {
  const remedy = sheet.remedies.find(({ id }) => id === act);
  if (remedy === undefined) return [];
  const results = aclaims.filter((claim) => claim !== 'effect');
  return [
    ...gap(words),
    ...words.act(remedy, fact, format),
    ...results.flatMap((claim) => [word(words.comma), ...words.result(claim, remedy, fact)]),
    word(words.colon),
    ...commandPieces(commandOf(remedy)),
    word(words.stop),
  ];
}

function commandPieces(command: readonly CommandWord[]): Phrase {
  return command.flatMap(({ text, isFigure }, place) => [
    ...(place > 0 ? [word(' ')] : []),
    isFigure ? figure(text) : name(text),
  ]);
}
