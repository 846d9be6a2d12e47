import type { ActionRequest } from '../../src/app/actions/action-record.ts';
import { dec } from '../../src/domain/decimal.ts';
import type { Position } from '../../src/domain/position.ts';
import { asAccountId, asPrice, asRatio } from '../../src/domain/units.ts';
import type { Chances } from './seeded.ts';

export const SIM_KINDS = [
  'add-margin',
  'remove-margin',
  'reduce',
  'transfer',
  'set-stops',
] as const;
export type SimKind = (typeof SIM_KINDS)[number];

/** Something to ask of this position, or of the accounts around it. */
export function simRequest(
  kind: SimKind,
  { position, handle }: { readonly position: Position; readonly handle: string },
  chances: Chances,
): ActionRequest {
  const on = { kind: 'position', handle } as const;
  const part = dec((0.005 + chances.unit() * 0.4).toFixed(4));
  switch (kind) {
    case 'add-margin':
      return { ...on, ask: { kind, ask: { kind: 'share', share: part } } };
    case 'remove-margin':
      return { ...on, ask: { kind, ask: { kind: 'share', share: part.div(4) } } };
    case 'reduce':
      return { ...on, ask: { kind, ask: { kind: 'share', share: part } } };
    case 'set-stops': {
      const mark = position.markPrice ?? dec(1);
      const at = (share: number) => [
        { price: asPrice(mark.times(share.toFixed(5))), share: asRatio(dec(1)) },
      ];
      const [above, below] = [at(1.2 + chances.unit() / 5), at(0.8 - chances.unit() / 5)];
      const isLong = position.side === 'long';
      const change = {
        takeProfit: isLong ? above : below,
        stopLoss: isLong ? below : above,
        trailing: 'keep' as const,
      };
      return { ...on, ask: { kind, change } };
    }
    default: {
      const own = position.account as string;
      const [from, to] = chances.often(0.5) ? [own, `${own}-main`] : [`${own}-main`, own];
      const amount = dec((1 + chances.unit() * 5000).toFixed(4));
      return {
        ...{ kind: 'transfer', from: asAccountId(from), to: asAccountId(to) },
        ...{ amount, currency: 'USDT' },
      };
    }
  }
}
