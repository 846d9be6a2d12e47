import type { ProtectionPlan } from '../../actions/protection-plan.ts';
import type { PlannedAct } from '../../actions/protection-step.ts';
import { ONE } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import { unreachable } from '../../domain/result.ts';
import { asRatio } from '../../domain/units.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { ActionRequest } from '../actions/action-record.ts';
import { findPosition } from '../actions/find-position.ts';

const USUAL = 'USDT';

/** A planned act in the words of the ladder; null: its dollars are in no coin that could be sent. */
export function planRequest(
  { account, position }: ProtectionPlan,
  act: PlannedAct,
  snapshot: Snapshot,
): ActionRequest | null {
  const handle = position ?? '';
  const ofPosition = { kind: 'position', handle } as const;
  switch (act.kind) {
    case 'add-margin': {
      const found = findPosition(handle, snapshot);
      const settle = found.ok ? found.value.position.instrument.settle : null;
      if (settle === null || !isDollar(settle)) return null;
      const ask = { kind: 'amount', amount: act.usd } as const;
      return { ...ofPosition, ask: { kind: 'add-margin', ask } };
    }
    case 'transfer': {
      const coins = snapshot.accounts.find((each) => each.account.id === act.from)?.margin
        ?.collateral;
      const held = (coins ?? []).filter(({ asset, quantity }) => isDollar(asset) && quantity.gt(0));
      const [most] = held.toSorted((a, b) => b.quantity.cmp(a.quantity));
      const currency = most?.asset ?? USUAL;
      return { kind: 'transfer', from: act.from, to: account, amount: act.usd, currency };
    }
    case 'reduce':
      return {
        ...ofPosition,
        ask: { kind: 'reduce', ask: { kind: 'share', share: act.share } },
      };
    case 'stop': {
      const stopLoss = [{ price: act.price, share: asRatio(ONE) }];
      const change = { takeProfit: 'keep', stopLoss, trailing: 'keep' } as const;
      return { ...ofPosition, ask: { kind: 'set-stops', change } };
    }
    default:
      return unreachable(act);
  }
}
