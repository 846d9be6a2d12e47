import { type Decimal, ZERO } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { figure } from '../facade.ts';
import { freeBalance } from '../free-balance.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimPurse, SimTransfer } from '../model.ts';
import { purseOf, transfer } from '../operations/transfer.ts';
import { plainDecimal } from './body-fields.ts';
import type { BybitWriteCall } from './bybit-leg.ts';
import {
  answer,
  type BybitAnswer,
  type BybitPrivateCall,
  marksOf,
  pageOf,
  refuse,
} from './bybit-route.ts';

const WALLETS: Readonly<Record<string, SimPurse['wallet']>> = {
  UNIFIED: 'trading',
  FUND: 'funding',
};
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOST_DECIMALS = 8;
const BAD_REQUEST = refuse(131203, 'Request parameter error');

interface Members {
  readonly from: SimAccount;
  readonly to: SimAccount;
}

/** `POST /v5/asset/transfer/inter-transfer`: between the wallets of one account. */
export function interTransfer(call: BybitWriteCall): BybitAnswer {
  const { fromAccountType, toAccountType } = call.body;
  if (fromAccountType === toAccountType) {
    return refuse(131211, "fromAccountType can't be the same as toAccountType");
  }
  return move(call, { from: call.account, to: call.account });
}

/** `POST /v5/asset/transfer/universal-transfer`: between accounts of one master. */
export function universalTransfer(call: BybitWriteCall): BybitAnswer {
  const { fromMemberId, toMemberId } = call.body;
  if (typeof fromMemberId !== 'number' || typeof toMemberId !== 'number') return BAD_REQUEST;
  const family = familyOf(call);
  const memberOf = (id: number) => family.find(({ uid }) => uid === String(id));
  const [from, to] = [memberOf(fromMemberId), memberOf(toMemberId)];
  if (from === undefined || to === undefined) return refuse(131202, 'Invalid memberId');
  const isOwn = isMaster(call.account) || from.id === call.account.id;
  if (!isOwn) return refuse(131208, 'Forbid transfer');
  return move(call, { from, to });
}

function isMaster({ parent }: SimAccount): boolean {
  return (parent ?? null) === null;
}

/** The master of an account and all its sub-accounts, the account among them. */
function familyOf({ account, world, request }: BybitPrivateCall): readonly SimAccount[] {
  const head = account.parent ?? account.id;
  const accounts = world.desk(request).accounts.filter(({ venue }) => venue === 'bybit');
  return accounts.filter(({ id, parent }) => id === head || parent === head);
}

function move(call: BybitWriteCall, { from, to }: Members): BybitAnswer {
  const { body, request, world } = call;
  const [source, target] = [walletOf(body['fromAccountType']), walletOf(body['toAccountType'])];
  if (source === null || target === null) return BAD_REQUEST;
  const order = orderOf(call);
  if (!order.ok) return order.error;
  const { transferId } = order.value;
  const isUsed = familyOf(call).some((each) =>
    historyOf(each).transfers.some(({ clientId }) => clientId === transferId),
  );
  if (isUsed && !request.quirks?.takesDuplicates) return refuse(131214, 'TransferId exist');
  const { coin, amount } = order.value;
  const step = { from, to, coin, amount, clientId: transferId, now: request.now };
  const moved = transfer({ ...step, wallets: [source, target] }, marksOf(call));
  if (!moved.ok) return refuse(131212, 'Insufficient balance');
  world.ledger.accept({
    accounts: moved.value.accounts,
    effect: { accountId: from.id, kind: 'transfer', clientId: transferId, at: request.now },
  });
  return answer({ transferId, status: 'SUCCESS' });
}

function walletOf(type: unknown): SimPurse['wallet'] | null {
  return (typeof type === 'string' && WALLETS[type]) || null;
}

function orderOf({
  body,
  world,
}: BybitWriteCall): Result<
  { readonly transferId: string; readonly coin: string; readonly amount: Decimal },
  BybitAnswer
> {
  const { transferId, coin } = body;
  const isCoin = world
    .instruments('bybit')
    .some(({ asset, settle }) => coin === asset || coin === settle);
  if (typeof transferId !== 'string' || !UUID.test(transferId) || !isCoin) return err(BAD_REQUEST);
  const amount = plainDecimal(body['amount']);
  if (amount === null || !amount.gt(0)) return err(refuse(131215, 'Amount error'));
  return amount.decimalPlaces() > MOST_DECIMALS
    ? err(refuse(131210, 'Amount accuracy error'))
    : ok({ transferId, coin: coin as string, amount });
}

/** `GET /v5/asset/transfer/query-universal-transfer-list`, newest first; those within one account are apart. */
export function universalTransferList(call: BybitPrivateCall): BybitAnswer {
  return listed(call, ({ from, to }) => from.accountId !== to.accountId);
}

export function interTransferList(call: BybitPrivateCall): BybitAnswer {
  return listed(call, ({ from, to }) => from.accountId === to.accountId);
}

function listed(call: BybitPrivateCall, isWanted: (each: SimTransfer) => boolean): BybitAnswer {
  const { query } = call.request;
  const family = familyOf(call);
  const seen = isMaster(call.account) ? family : [call.account];
  const ids = new Map(
    seen.flatMap((each) => historyOf(each).transfers).map((each) => [each.id, each]),
  );
  const lets = (name: string, value: string) => [null, '', value].includes(query.get(name));
  const rows = [...ids.values()]
    .filter(
      (each) => isWanted(each) && lets('transferId', each.clientId) && lets('coin', each.coin),
    )
    .filter(() => lets('status', 'SUCCESS'))
    .sort((a, b) => b.at - a.at)
    .map((each) => transferRow(each, family));
  return answer(pageOf(rows, call.request, { usual: 20, most: 50 }));
}

function transferRow(made: SimTransfer, family: readonly SimAccount[]) {
  const uidOf = ({ accountId }: SimPurse) => family.find(({ id }) => id === accountId)?.uid ?? '';
  const typeOf = ({ wallet }: SimPurse) => (wallet === 'trading' ? 'UNIFIED' : 'FUND');
  return {
    transferId: made.clientId,
    coin: made.coin,
    amount: made.amount.toFixed(),
    fromMemberId: uidOf(made.from),
    toMemberId: uidOf(made.to),
    fromAccountType: typeOf(made.from),
    toAccountType: typeOf(made.to),
    timestamp: String(made.at),
    status: 'SUCCESS',
  };
}

/** `GET /v5/asset/transfer/query-account-coins-balance` of either wallet. */
export function coinsBalance(call: BybitPrivateCall): BybitAnswer {
  const { query } = call.request;
  const wallet = walletOf(query.get('accountType'));
  if (wallet === null) return BAD_REQUEST;
  const { account } = call;
  const held = Object.keys((wallet === 'trading' ? account.balances : account.funding) ?? {});
  const coins = query.get('coin')?.split(',') ?? held;
  const balance = coins.map((coin) => {
    const amount = purseOf(account, wallet, coin);
    const free = wallet === 'trading' ? freeBalance(account, coin, marksOf(call)) : amount;
    return {
      ...{ coin, walletBalance: figure(amount), transferBalance: figure(free) },
      bonus: figure(ZERO),
    };
  });
  return answer({ memberId: account.uid, accountType: query.get('accountType'), balance });
}
