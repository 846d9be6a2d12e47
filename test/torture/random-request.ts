import type { ActionRequest } from '../../src/app/actions/action-record.ts';
import { dec } from '../../src/domain/decimal.ts';
import { asAccountId, asPrice } from '../../src/domain/units.ts';
import { share } from '../app/actions/ladder-world.ts';
import type { Chances } from './seeded.ts';

const KINDS = ['add-margin', 'remove-margin', 'set-stops', 'reduce', 'transfer'] as const;

/** Something to ask of the world of two accounts; some of it is large enough for two people. */
export function randomRequest(handle: string, chances: Chances): ActionRequest {
  const kind = chances.pick(KINDS);
  const amount = dec(1 + chances.below(chances.often(0.2) ? 3000 : 600));
  const position = { kind: 'position', handle } as const;
  switch (kind) {
    case 'add-margin':
    case 'remove-margin':
      return { ...position, ask: { kind, ask: { kind: 'amount', amount } } };
    case 'reduce': {
      const part = dec(chances.often(0.1) ? 1 : (1 + chances.below(40)) / 100);
      return { ...position, ask: { kind, ask: { kind: 'share', share: part } } };
    }
    case 'set-stops': {
      const rung = (price: number) => [{ price: asPrice(dec(price)), share: share('1') }];
      const change = {
        takeProfit: rung(60_000 + chances.below(9_000)),
        stopLoss: rung(40_000 + chances.below(5_000)),
        trailing: 'keep' as const,
      };
      return { ...position, ask: { kind, change } };
    }
    default: {
      const ends = { from: asAccountId('a'), to: asAccountId('b') };
      return { kind: 'transfer', ...ends, amount, currency: 'USDT' };
    }
  }
}
