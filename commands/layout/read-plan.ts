import type { PlanAct, PlanTrigger } from '../../src/actions/protection-plan.ts';
import type { CommandContext, Options, Refusal } from '../../src/app/command.ts';
import type { PlanAsked } from '../../src/app/protection/plan-draft.ts';
import { type Decimal, ONE } from '../../src/domain/decimal.ts';
import { handlesOf } from '../../src/domain/handle.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { asAccountId, asRatio, asUsd } from '../../src/domain/units.ts';
import { positionsOf, type Snapshot } from '../../src/portfolio/snapshot.ts';
import { readNumber, readShare } from './read-amount.ts';
import { readDuration } from './read-duration.ts';

const USUAL_PAUSE_MS = 600_000;
const USUAL_LIFE_MS = 7 * 86_400_000;

/** `when=hf<1.2 add=2000 from=reserve`, as a plan; every refusal says what to write. */
export function readPlan(
  options: Options,
  snapshot: Snapshot,
  context: CommandContext,
): Result<PlanAsked, Refusal> {
  const { say, accounts, now } = context;
  const what = (options['what'] ?? '').toLowerCase();
  const place = placeCalled(what, snapshot, accounts);
  if (place === null) return err({ text: say('plan.bad.what', { what }) });
  const when = triggerOf(options['when'] ?? '');
  const act = actOf(options);
  if (when === null) return err({ text: say('plan.bad.when', { when: options['when'] ?? '' }) });
  if (act === null) return err({ text: say('plan.bad.act') });
  const whole = place.position === null;
  const isLegal = whole
    ? act.kind === 'add-margin' && act.from !== null && when.kind !== 'profit-above'
    : act.kind !== 'add-margin' || act.from === null;
  if (!isLegal) return err({ text: say(whole ? 'plan.bad.account' : 'plan.bad.position') });
  const perAct = amountOf(options['cap']) ?? (act.kind === 'add-margin' ? act.upTo : null);
  if (perAct === null && act.kind === 'reduce') return err({ text: say('plan.bad.cap') });
  const most = asUsd(perAct ?? ONE);
  const life = spanOf(options['for'], USUAL_LIFE_MS);
  const cooldownMs = spanOf(options['cooldown'], USUAL_PAUSE_MS);
  if (life === null || cooldownMs === null) return err({ text: say('plan.bad.span') });
  return ok({
    ...{ ...place, when, act, cooldownMs, until: now + life },
    caps: { perAct: most, perDay: asUsd(amountOf(options['day']) ?? most) },
    isDryRun: options['live'] !== 'yes',
  });
}

function placeCalled(
  what: string,
  snapshot: Snapshot,
  accounts: CommandContext['accounts'],
): Pick<PlanAsked, 'account' | 'position'> | null {
  const account = accounts.find(({ id }) => id === what);
  if (account) return { account: asAccountId(account.id), position: null };
  const found = [...handlesOf(positionsOf(snapshot))].find(([, handle]) => handle === what);
  return found ? { account: found[0].account, position: found[1] } : null;
}

const TRIGGERS: readonly (readonly [RegExp, PlanTrigger['kind'], 'number' | 'share'])[] = [
  [/^hf\s*[<＜](.+)$/u, 'health-below', 'number'],
  [/^p\s*[>＞](.+)$/u, 'probability-above', 'share'],
  [/^profit\s*[>＞](.+)$/u, 'profit-above', 'share'],
];

function triggerOf(typed: string): PlanTrigger | null {
  for (const [form, kind, unit] of TRIGGERS) {
    const [, text] = form.exec(typed.trim().toLowerCase()) ?? [];
    if (text === undefined) continue;
    const value = unit === 'share' ? shareOf(text) : amountOf(text);
    return value === null ? null : { kind, value: asRatio(value) };
  }
  return null;
}

/** Just one of them. */
function actOf({ add, from, reduce, lock }: Options): PlanAct | null {
  if ([add, reduce, lock].filter((each) => each !== undefined).length !== 1) return null;
  if (add !== undefined) {
    const upTo = amountOf(add);
    const payer = from === undefined ? null : asAccountId(from.toLowerCase());
    return upTo && { kind: 'add-margin', upTo: asUsd(upTo), from: payer };
  }
  const share = shareOf(reduce ?? lock ?? '');
  if (share === null || share.gt(ONE)) return null;
  return { kind: reduce === undefined ? 'lock-profit' : 'reduce', share: asRatio(share) };
}

function amountOf(typed: string | undefined): Decimal | null {
  const read = typed === undefined ? null : readNumber(typed);
  return read?.ok ? read.value : null;
}

function shareOf(typed: string): Decimal | null {
  const read = readShare(typed);
  return read?.ok ? read.value : null;
}

function spanOf(typed: string | undefined, usual: number): number | null {
  return typed === undefined ? usual : readDuration(typed);
}
