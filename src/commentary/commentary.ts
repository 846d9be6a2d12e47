import { actsApart } from './acts-apart.ts';
import type { CheckedItem } from './check-plan.ts';
import { MOST_ITEMS, type PlanItem } from './plan.ts';
import type { Proof } from './prove.ts';
import { isProven, proveCount, proveItem, proveNearest, proveNone } from './prove.ts';
import { missingAgain, unknownAgain } from './recount.ts';
import { ruleItem, rulePlan } from './rule-plan.ts';
import type { Report, Sheet } from './sheet.ts';
import { factOf } from './sheet.ts';
import type { Voice } from './tell.ts';
import { nearestOf, tellCalm, tellItems, tellMissing, tellUnknown, tellUnsaid } from './tell.ts';
import type { Phrase } from './words.ts';

/** Of a part of the desk no more than this is said. */
const MOST_ITEMS_ABOUT = 2;

/** A short reading of a report, every figure of it proven. */
export interface Commentary {
  /** `plan`: a model chose and ranked; `rule`: code did. The words and the figures are always ours. */
  readonly mode: 'rule' | 'plan';
  readonly paragraphs: readonly string[];
  readonly verified: Proof;
}

/**
 * Says what a checked plan says, or what the rules say without one. An item that was not true, or whose
 * figures a second reckoning does not confirm, is said by the rules; what even so is not proven is not said.
 */
export function commentaryOf(
  { report, sheet }: { readonly report: Report; readonly sheet: Sheet },
  whole: readonly CheckedItem[] | null,
  voice: Voice,
): Commentary {
  const most = sheet.about ? MOST_ITEMS_ABOUT : MOST_ITEMS;
  const checked = whole?.slice(0, most) ?? null;
  const asked = checked?.map(({ item, fault }) => (fault === null ? item : null)) ?? null;
  const wanted =
    checked === null
      ? rulePlan(sheet).items.slice(0, most)
      : checked.flatMap(({ item, fault }) => {
          const fact = factOf(sheet, item.fact);
          if (fact === null) return [];
          return [fault === null ? item : ruleItem(fact, sheet)];
        });
  const items = actsApart(wanted, sheet);
  const { sound, phrases, proofs } = soundOf(items, { report, sheet }, voice);
  const more = furtherPhrases({ report, sheet }, sound.length === 0 && items.length === 0, voice);
  const all = [...proofs, ...more.map(({ proof }) => proof)];
  return {
    mode: asked?.some((item) => item !== null) ? 'plan' : 'rule',
    paragraphs: [...phrases, ...more.map(({ phrase }) => phrase)].map(spoken),
    verified: {
      shown: all.reduce((sum, { shown }) => sum + shown, 0),
      proven: all.reduce((sum, { proven }) => sum + proven, 0),
    },
  };
}

interface Sound {
  readonly sound: readonly PlanItem[];
  readonly phrases: readonly Phrase[];
  readonly proofs: readonly Proof[];
}

/** Nearly always everything is proven as it stands; only where it is not, each item is looked at alone. */
function soundOf(
  items: readonly PlanItem[],
  on: { readonly report: Report; readonly sheet: Sheet },
  voice: Voice,
): Sound {
  const told = (sound: readonly PlanItem[]): Sound => {
    const phrases = tellItems(sound, on.sheet, voice);
    const proofs = phrases.map((phrase, place) => proveItem(phrase, sound[place] as PlanItem, on));
    return { sound, phrases, proofs };
  };
  const whole = told(items);
  if (whole.phrases.length === items.length && whole.proofs.every(isProven)) return whole;
  return told(items.flatMap((item) => soundest(item, on, voice)));
}

/** The item as it is, else without its act, else its head and how old it is alone; else nothing. */
function soundest(
  item: PlanItem,
  on: { readonly report: Report; readonly sheet: Sheet },
  voice: Voice,
): PlanItem[] {
  const claims = item.claims.filter(
    (claim, at) => at === 0 || claim === 'stale' || claim === 'partial',
  );
  const bare: PlanItem = { ...item, claims, act: null, aclaims: [] };
  for (const each of [item, { ...item, act: null, aclaims: [] }, bare]) {
    const [phrase] = tellItems([each], on.sheet, voice);
    if (phrase !== undefined && isProven(proveItem(phrase, each, on))) return [each];
  }
  return [];
}

interface Further {
  readonly phrase: Phrase;
  readonly proof: Proof;
}

/** What is said after the items. Of a desk that a table marks, it is not said that all is well. */
function furtherPhrases(
  { report, sheet }: { readonly report: Report; readonly sheet: Sheet },
  isCalm: boolean,
  voice: Voice,
): Further[] {
  if (sheet.about) return [];
  const calm = isCalm && sheet.unsaid.length === 0 ? tellCalm(sheet, voice) : null;
  const [unsaid, unknown] = [tellUnsaid(sheet, voice), tellUnknown(sheet, voice)];
  const missing = tellMissing(sheet, voice);
  return [
    ...(unsaid ? [{ phrase: unsaid, proof: proveNone(unsaid) }] : []),
    ...(calm ? [{ phrase: calm, proof: proveNearest(calm, nearestOf(sheet), report) }] : []),
    ...(unknown ? [{ phrase: unknown, proof: proveCount(unknown, unknownAgain(report)) }] : []),
    ...(missing ? [{ phrase: missing, proof: proveCount(missing, missingAgain(report)) }] : []),
  ].filter(({ proof }) => isProven(proof));
}

/**
 * Names come in at the very last, so that nothing in them was ever read as a word or a figure, and without
 * characters that nobody sees.
 */
function spoken(phrase: Phrase): string {
  return phrase
    .map((piece) =>
      'word' in piece
        ? piece.word
        : 'figure' in piece
          ? piece.figure
          : piece.name.replace(/\p{C}/gu, ''),
    )
    .join('');
}
