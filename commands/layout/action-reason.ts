import type { ActionCard } from '../../src/app/actions/action-desk.ts';
import type { CommandContext } from '../../src/app/command.ts';
import { plain } from './action-text.ts';

/**
 * Why it is this amount, where a target was asked for and the desk solved it: what the preview reckons for
 * it, beside what was typed. The step of the venue may carry it a little past that. Null: the amount was given.
 */
export function reasonText({ state, record }: ActionCard, context: CommandContext): string | null {
  const { request, preview, position } = record;
  if (state !== 'pending' || request.kind !== 'position') return null;
  const { ask } = request;
  if (ask.kind === 'set-stops') return null;
  const { say, format } = context;
  const { healthFactor, estimatedLiquidationPrice } = preview.after;
  switch (ask.ask.kind) {
    case 'health-factor': {
      if (healthFactor === null) return null;
      const reached = format.multiple(healthFactor, 'down');
      return say(`act.why.${ask.kind}.health`, { reached, asked: plain(ask.ask.value) });
    }
    case 'liquidation-price': {
      if (ask.kind === 'reduce' || estimatedLiquidationPrice === null) return null;
      const tickSize = position?.instrument.tickSize ?? null;
      const rounding = position?.side === 'long' ? 'up' : 'down';
      const reached = format.price(estimatedLiquidationPrice, { tickSize, rounding });
      return say(`act.why.${ask.kind}.price`, { reached, asked: plain(ask.ask.price) });
    }
    default:
      return null;
  }
}
