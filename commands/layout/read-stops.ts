import type { StopsChange } from '../../src/actions/stops.ts';
import type { CommandContext, Options, Refusal } from '../../src/app/command.ts';
import { ONE } from '../../src/domain/decimal.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { Rung } from '../../src/domain/stops.ts';
import { asPrice, asRatio } from '../../src/domain/units.ts';
import { numberOf, shareOf } from './read-ask.ts';

const CLEARS = ['tp', 'sl', 'trail', 'all'] as const;

/** What shall change of the stops; null: nothing was said, so they are only shown. */
export function stopsChangeOf(
  options: Options,
  context: CommandContext,
): Result<StopsChange | null, Refusal> {
  const { tp, sl, trail, clear } = options;
  if ([tp, sl, trail, clear].every((each) => each === undefined)) return ok(null);
  const cleared = clear === undefined ? ok([]) : clearsOf(clear, context);
  if (!cleared.ok) return cleared;
  const isCleared = (name: string) => cleared.value.some((each) => each === name || each === 'all');
  const given = { tp, sl, trail };
  for (const [name, typed] of Object.entries(given)) {
    if (typed !== undefined && isCleared(name)) {
      return err({ text: context.say('stops.bothSetAndCleared', { name }) });
    }
  }
  const takeProfit = rungsOf(tp, context);
  if (!takeProfit.ok) return takeProfit;
  const stopLoss = rungsOf(sl, context);
  if (!stopLoss.ok) return stopLoss;
  const trailing = trail === undefined ? ok(null) : trailOf(trail, context);
  if (!trailing.ok) return trailing;
  return ok({
    takeProfit: takeProfit.value ?? (isCleared('tp') ? 'clear' : 'keep'),
    stopLoss: stopLoss.value ?? (isCleared('sl') ? 'clear' : 'keep'),
    trailing: trailing.value ?? (isCleared('trail') ? 'clear' : 'keep'),
  });
}

function clearsOf(typed: string, { say }: CommandContext): Result<readonly string[], Refusal> {
  const words = typed.toLowerCase().split(/[,，]/u);
  const isKnown = words.every((word) => CLEARS.some((each) => each === word));
  return isKnown ? ok(words) : err({ text: say('stops.unknownClear', { typed }) });
}

/** `70000`, or a ladder `70000:50%,72000:30%`. */
function rungsOf(
  typed: string | undefined,
  context: CommandContext,
): Result<readonly Rung[] | null, Refusal> {
  if (typed === undefined) return ok(null);
  const parts = typed.split(/[,，]/u);
  const rungs: Rung[] = [];
  for (const part of parts) {
    const [price = '', ratio, more] = part.split(/[:：]/u);
    // A comma between thousands would make a ladder of nonsense.
    const isStep = ratio !== undefined && more === undefined;
    if (!isStep && (parts.length > 1 || ratio !== undefined)) {
      return err({ text: context.say('stops.ladderForm', { typed }) });
    }
    const trigger = numberOf(price, context);
    if (!trigger.ok) return trigger;
    const share = ratio === undefined ? ok(ONE) : shareOf(ratio, context);
    if (share === null) return err({ text: context.say('stops.ladderForm', { typed }) });
    if (!share.ok) return share;
    rungs.push({ price: asPrice(trigger.value), share: asRatio(share.value) });
  }
  return ok(rungs);
}

function trailOf(typed: string, context: CommandContext) {
  const share = shareOf(typed, context);
  if (share === null) return err({ text: context.say('stops.trailForm', { typed }) });
  return share.ok ? ok(asRatio(share.value)) : share;
}
