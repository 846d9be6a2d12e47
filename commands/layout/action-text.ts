import type { ActionCard } from '../../src/app/actions/action-desk.ts';
import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import { unreachable } from '../../src/domain/result.ts';
import type { Rung, StopsState } from '../../src/domain/stops.ts';

/** In its own digits: people type it back. */
export function plain(value: Decimal): string {
  return value.toFixed();
}

/** What the act is, in one line: `Add 500 USDT to BTC long abcd (bybit-a)`. */
export function actText({ record }: Pick<ActionCard, 'record'>, context: CommandContext): string {
  const { act, account } = record.preview;
  const { say } = context;
  if (act.kind === 'transfer') {
    const { amount, currency } = act.amount;
    return say('act.transfer', { amount: plain(amount), currency, from: account, to: act.to });
  }
  const { position, handle } = record;
  const asset = position?.instrument.asset ?? '';
  const leg = say('act.leg', {
    ...{ asset, side: say(`side.${act.leg.side}`) },
    ...{ handle: handle ?? '', account },
  });
  switch (act.kind) {
    case 'add-margin':
    case 'remove-margin': {
      const { amount, currency } = act.amount;
      return say(`act.${act.kind}`, { amount: plain(amount), currency, leg });
    }
    case 'set-stops':
      return say('act.set-stops', { leg });
    case 'reduce':
      return say('act.reduce', { size: sizeText(record, act.contracts, context), leg });
    default:
      return unreachable(act);
  }
}

/** Base units, and contracts where the venue counts in others. */
function sizeText(
  { position, preview }: ActionCard['record'],
  contracts: Decimal,
  { say }: CommandContext,
): string {
  const asset = position?.instrument.asset ?? '';
  const [before, after] = [preview.before.quantity, preview.after.quantity];
  const quantity = before !== null && after !== null ? before.minus(after) : null;
  if (quantity === null) return say('act.contracts', { contracts: plain(contracts) });
  const size = `${plain(quantity)} ${asset}`;
  if (quantity.eq(contracts)) return size;
  return say('act.sizeInContracts', { size, contracts: plain(contracts) });
}

export function stopsText(
  kind: 'takeProfit' | 'stopLoss' | 'trailing',
  stops: StopsState | null,
  { say, format }: CommandContext,
): string {
  if (stops === null) return '–';
  if (kind === 'trailing') {
    return stops.trailing === null ? say('common.none') : format.percent(stops.trailing, 'nearest');
  }
  const rungs = stops[kind];
  return rungs.length === 0
    ? say('common.none')
    : rungs.map((rung) => rungText(rung, format)).join(', ');
}

function rungText({ price, share }: Rung, format: CommandContext['format']): string {
  return share.eq(1) ? plain(price) : `${plain(price)}:${format.percent(share, 'nearest')}`;
}
