import type { MarginAsk, SizeAsk } from '../../src/actions/resolve-amount.ts';
import type { CommandContext, Options, Refusal } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { readNumber, readShare } from './read-amount.ts';

/** A number, or the sentence that keeps what was typed and says how to write it. */
export function numberOf(typed: string, context: CommandContext): Result<Decimal, Refusal> {
  const number = readNumber(typed);
  return number.ok ? number : err({ text: context.say(`number.${number.error}`, { typed }) });
}

export function shareOf(typed: string, context: CommandContext): Result<Decimal, Refusal> | null {
  const share = readShare(typed);
  if (share === null || share.ok) return share;
  return err({ text: context.say(`number.${share.error}`, { typed }) });
}

/** How much margin: an amount, a share of what is there, or what reaches a target. */
export function marginAskOf(options: Options, context: CommandContext): Result<MarginAsk, Refusal> {
  const given = onlyOne(options, ['amount', 'liq', 'hf'], context);
  if (!given.ok) return given;
  const { name, typed } = given.value;
  const share = name === 'amount' ? shareOf(typed, context) : null;
  if (share !== null) return share.ok ? ok({ kind: 'share', share: share.value }) : share;
  const number = numberOf(typed, context);
  if (!number.ok) return number;
  if (name === 'liq') return ok({ kind: 'liquidation-price', price: number.value });
  if (name === 'hf') return ok({ kind: 'health-factor', value: number.value });
  return ok({ kind: 'amount', amount: number.value });
}

/** How much to close: a share, a quantity in base units, or what reaches a health factor. */
export function sizeAskOf(options: Options, context: CommandContext): Result<SizeAsk, Refusal> {
  const given = onlyOne(options, ['size', 'hf'], context);
  if (!given.ok) return given;
  const { name, typed } = given.value;
  const share = name === 'size' ? shareOf(typed, context) : null;
  if (share !== null) return share.ok ? ok({ kind: 'share', share: share.value }) : share;
  const number = numberOf(typed, context);
  if (!number.ok) return number;
  if (name === 'hf') return ok({ kind: 'health-factor', value: number.value });
  return ok({ kind: 'quantity', quantity: number.value });
}

function onlyOne(
  options: Options,
  names: readonly string[],
  { say }: CommandContext,
): Result<{ readonly name: string; readonly typed: string }, Refusal> {
  const given = names.flatMap((name) => {
    const typed = options[name];
    return typed === undefined ? [] : [{ name, typed }];
  });
  const [first, second] = given;
  if (first === undefined || second !== undefined) {
    return err({ text: say('action.onlyOne', { names: names.join(', ') }) });
  }
  return ok(first);
}
