import type { TransferScene } from '../../actions/preview-transfer.ts';
import type { ReadBack } from '../../actions/reconcile.ts';
import { ONE } from '../../domain/decimal.ts';
import { isDollar, money } from '../../domain/money.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { AccountId } from '../../domain/units.ts';
import { type VenueError, venueError } from '../../domain/venue-error.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { AccountWriter, WalletGround } from '../../ports/venue-writer.ts';
import { coinPriceFrom } from '../../risk/coin-price.ts';
import { type ActionDeps, LOOK_MS } from './action-deps.ts';
import type { ActionRefusal } from './action-refusal.ts';
import { withDeadline } from './with-deadline.ts';

export interface Wallets {
  readonly payer: WalletGround;
  readonly receiver: WalletGround;
}

export interface Way {
  readonly from: AccountWriter;
  readonly to: AccountWriter;
  readonly currency: string;
}

/** Both wallets of a transfer, read past every cache; the error of the first that could not be read. */
export async function lookAtWallets(
  { from, to, currency }: Way,
  { clock }: Pick<ActionDeps, 'clock'>,
): Promise<Result<Wallets, { readonly account: AccountId; readonly error: VenueError }>> {
  const look = (writer: AccountWriter) =>
    withDeadline((signal) => writer.wallet(currency, signal), {
      clock,
      ms: LOOK_MS,
      late: () => err(venueError('unavailable', { code: 'timeout', ms: LOOK_MS })),
    });
  const [payer, receiver] = await Promise.all([look(from), look(to)]);
  if (!payer.ok) return err({ account: from.account, error: payer.error });
  if (!receiver.ok) return err({ account: to.account, error: receiver.error });
  return ok({ payer: payer.value, receiver: receiver.value });
}

export function walletsReadBack({ payer, receiver }: Wallets): ReadBack {
  return {
    ...{ contracts: null, collateral: null, stops: null },
    payerWallet: payer.wallet,
    receiverWallet: receiver.wallet,
  };
}

export interface WalletsLook {
  readonly scene: TransferScene;
  readonly seen: ReadBack;
}

/** Both accounts and both wallets, read anew. */
export async function freshWallets(
  way: Way,
  deps: ActionDeps,
): Promise<Result<WalletsLook, ActionRefusal>> {
  const ids = [way.from.account, way.to.account] as const;
  const [wallets] = await Promise.all([
    lookAtWallets(way, deps),
    ...ids.map((id) => deps.desk.refresh(id)),
  ]);
  if (!wallets.ok) return err({ kind: 'not-read', ...wallets.error });
  const snapshot = deps.desk.lastKnown();
  const read = (id: AccountId): AccountSnapshot | undefined =>
    snapshot.accounts.find(({ account, status }) => account.id === id && status === 'ok');
  const [from, to] = ids.map(read);
  if (!from || !to) {
    return err({ kind: 'not-read', account: from ? ids[1] : ids[0], error: null });
  }
  const { currency } = way;
  const { payer, receiver } = wallets.value;
  const freeOf = ({ free }: WalletGround) => free && money(free, currency);
  return ok({
    seen: walletsReadBack(wallets.value),
    scene: {
      from: { account: from, free: freeOf(payer) },
      to: { account: to, free: freeOf(receiver) },
      step: payer.step,
      coinUsd: isDollar(currency) ? ONE : coinPriceFrom(snapshot)(from.account.id, currency),
      expiresAt: deps.clock.now() + (deps.settings?.previewTtlMs ?? 0),
      hash: deps.hash,
    },
  });
}
