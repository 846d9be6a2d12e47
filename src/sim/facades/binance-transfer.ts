import type { Decimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimPurse, SimTransfer } from '../model.ts';
import { transfer } from '../operations/transfer.ts';
import type { BinanceAnswer, BinanceSignedCall } from './binance-route.ts';
import { type BinanceWriteCall, marksOf, mbx, missing, unread } from './binance-write.ts';
import { plainDecimal } from './body-fields.ts';
import type { MbxRefusal } from './mbx-auth.ts';
import { numericId } from './numeric-id.ts';

const KNOWN = [
  ...['fromEmail', 'toEmail', 'fromAccountType', 'toAccountType', 'clientTranId', 'symbol'],
  ...['asset', 'amount'],
];
const MOST_DECIMALS = 8;
const WALLETS: Readonly<Record<string, SimPurse['wallet']>> = {
  USDT_FUTURE: 'trading',
  SPOT: 'funding',
};
const TYPES = { trading: 'USDT_FUTURE', funding: 'SPOT' };
const OWN_ROUTES: Readonly<Record<string, readonly [SimPurse['wallet'], SimPurse['wallet']]>> = {
  MAIN_UMFUTURE: ['funding', 'trading'],
  UMFUTURE_MAIN: ['trading', 'funding'],
};

/** A master has one too, though nobody needs to tell it. */
function emailOf({ id, subAccount }: SimAccount): string {
  return subAccount ?? `${id}@demo.invalid`;
}

function isMaster({ parent }: SimAccount): boolean {
  return (parent ?? null) === null;
}

/** A master and its sub-accounts. */
function familyOf({ account, world, request }: BinanceSignedCall): readonly SimAccount[] {
  const head = account.parent ?? account.id;
  const accounts = world.desk(request).accounts.filter(({ venue }) => venue === 'binanceusdm');
  return accounts.filter(({ id, parent }) => id === head || parent === head);
}

/** `POST /sapi/v1/sub-account/universalTransfer`: by the master's key; no email means the master. */
export function universalTransfer(call: BinanceWriteCall): BinanceAnswer {
  const refusal = unread(call, KNOWN);
  if (refusal !== null) return err(refusal);
  const { params, account } = call;
  if (!isMaster(account)) return err(mbx(-1002, 'You are not authorized to execute this request.'));
  const family = familyOf(call);
  const memberOf = (name: string) => {
    const email = params.get(name);
    return email === null ? account : family.find((each) => emailOf(each) === email);
  };
  const [from, to] = [memberOf('fromEmail'), memberOf('toEmail')];
  if (!params.has('fromEmail') && !params.has('toEmail')) return err(missing('toEmail'));
  if (!from || !to) return err(mbx(-5021, 'This parent sub have no relation'));
  const source = WALLETS[params.get('fromAccountType') ?? ''];
  const target = WALLETS[params.get('toAccountType') ?? ''];
  if (!source) return err(missing('fromAccountType'));
  if (!target) return err(missing('toAccountType'));
  const clientId = params.get('clientTranId') ?? '';
  if (clientId.length > 36) return err(mbx(-4114, 'clientTranId length should be less than 64.'));
  const isUsed = madeBy(family).some((each) => each.clientId === clientId);
  if (clientId !== '' && isUsed && !call.request.quirks?.takesDuplicates) {
    return err(mbx(-4115, 'clientTranId is duplicated.'));
  }
  const moved = move(call, { from, to, wallets: [source, target], clientId });
  return moved.ok ? ok({ tranId: tranIdOf(moved.value), clientTranId: clientId }) : moved;
}

/** `POST /sapi/v1/asset/transfer`: between the own wallets. */
export function assetTransfer(call: BinanceWriteCall): BinanceAnswer {
  const refusal = unread(call, ['type', 'asset', 'amount', 'fromSymbol', 'toSymbol']);
  if (refusal !== null) return err(refusal);
  const wallets = OWN_ROUTES[call.params.get('type') ?? ''];
  if (wallets === undefined) return err(missing('type'));
  const moved = move(call, { from: call.account, to: call.account, wallets, clientId: '' });
  return moved.ok ? ok({ tranId: tranIdOf(moved.value) }) : moved;
}

interface Move {
  readonly from: SimAccount;
  readonly to: SimAccount;
  readonly wallets: readonly [SimPurse['wallet'], SimPurse['wallet']];
  readonly clientId: string;
}

function move(call: BinanceWriteCall, by: Move): Result<SimTransfer, MbxRefusal> {
  const coin = call.params.get('asset');
  if (!coin) return err(missing('asset'));
  const amount = amountOf(call);
  if (!amount.ok) return amount;
  const step = { ...by, coin, amount: amount.value, now: call.request.now };
  const moved = transfer(step, marksOf(call));
  if (!moved.ok) return err(mbx(-5013, 'Asset transfer failed: insufficient balance'));
  call.world.ledger.accept({
    accounts: moved.value.accounts,
    effect: {
      ...{ accountId: by.from.id, kind: 'transfer', clientId: by.clientId },
      at: call.request.now,
    },
  });
  return ok(moved.value.transfer);
}

function amountOf({ params }: BinanceWriteCall): Result<Decimal, MbxRefusal> {
  const amount = plainDecimal(params.get('amount'));
  if (amount === null) return err(missing('amount'));
  if (!amount.gt(0)) return err(mbx(-5007, 'Quantity must be greater than zero.'));
  return amount.decimalPlaces() > MOST_DECIMALS
    ? err(mbx(-1111, 'Precision is over the maximum defined for this asset.'))
    : ok(amount);
}

const tranIdOf = ({ id }: SimTransfer) => Number(numericId(id, 12));

function madeBy(family: readonly SimAccount[]): SimTransfer[] {
  const all = family.flatMap((each) => historyOf(each).transfers);
  return [...new Map(all.map((each) => [each.id, each])).values()];
}

/** `GET /sapi/v1/sub-account/universalTransfer`, newest first. */
export function universalTransferHistory(call: BinanceSignedCall): BinanceAnswer {
  if (!isMaster(call.account)) {
    return err(mbx(-1002, 'You are not authorized to execute this request.'));
  }
  const { query } = call.request;
  const family = familyOf(call);
  const emailIn = ({ accountId }: SimPurse) => {
    const found = family.find(({ id }) => id === accountId);
    return found ? emailOf(found) : '';
  };
  const lets = (name: string, value: string) => [null, value].includes(query.get(name));
  const rows = madeBy(family)
    .filter(({ from, to }) => from.accountId !== to.accountId)
    .map((each) => ({
      tranId: tranIdOf(each),
      fromEmail: emailIn(each.from),
      toEmail: emailIn(each.to),
      asset: each.coin,
      amount: each.amount.toFixed(),
      createTimeStamp: each.at,
      fromAccountType: TYPES[each.from.wallet],
      toAccountType: TYPES[each.to.wallet],
      status: 'SUCCESS',
      clientTranId: each.clientId,
    }))
    .filter((row) => lets('clientTranId', row.clientTranId))
    .filter((row) => lets('fromEmail', row.fromEmail) && lets('toEmail', row.toEmail))
    .reverse();
  return ok({ result: rows, totalCount: rows.length });
}
