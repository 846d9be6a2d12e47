import { err, ok, type Result } from '../../domain/result.ts';
import { figure } from '../facade.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimPurse, SimTransfer } from '../model.ts';
import { transfer } from '../operations/transfer.ts';
import { plainDecimal } from './body-fields.ts';
import { numericId } from './numeric-id.ts';
import type { OkxRefusal } from './okx-auth.ts';
import { badParameter, type OkxAnswer, type OkxSignedCall } from './okx-route.ts';
import { clientIdOf, marksOf, type OkxWriteCall, okxNo } from './okx-write.ts';

const MOST_DECIMALS = 8;
const WALLETS: Readonly<Record<string, SimPurse['wallet']>> = { '6': 'funding', '18': 'trading' };
const NUMBERS = { funding: '6', trading: '18' };

interface Ends {
  readonly from: SimAccount;
  readonly to: SimAccount;
}

/**
 * `POST /api/v5/asset/transfer`. The own id is kept for looking up; no page says that it is good only
 * once, so a transfer that is sent again is made again.
 */
export function assetTransfer(call: OkxWriteCall): OkxAnswer {
  const { body, world, request } = call;
  const clientId = clientIdOf(call, 'clientId');
  if (!clientId.ok) return clientId;
  const ends = endsOf(call);
  if (!ends.ok) return ends;
  const { from, to } = ends.value;
  const [source, target] = [WALLETS[String(body['from'])], WALLETS[String(body['to'])]];
  if (!source) return err(badParameter('from'));
  if (!target) return err(badParameter('to'));
  if (from.id === to.id && source === target) {
    return err(okxNo('58123', "Parameter 'from' cannot equal to parameter 'to'."));
  }
  const { ccy } = body;
  const isCoin = world.instruments('okx').some(({ settle }) => settle === ccy);
  if (typeof ccy !== 'string' || !isCoin) return err(badParameter('ccy'));
  const amount = plainDecimal(body['amt']);
  if (amount === null || amount.decimalPlaces() > MOST_DECIMALS) return err(badParameter('amt'));
  if (!amount.gt(0)) return err(okxNo('58114', 'Transfer amount must be greater than 0.'));
  const step = { from, to, coin: ccy, amount, clientId: clientId.value, now: request.now };
  const moved = transfer({ ...step, wallets: [source, target] }, marksOf(call));
  if (!moved.ok) return err(okxNo('58350', 'Insufficient balance.'));
  world.ledger.accept({
    accounts: moved.value.accounts,
    effect: { accountId: from.id, kind: 'transfer', clientId: clientId.value, at: request.now },
  });
  const { transId, clientId: own, amt } = transferRow(call, moved.value.transfer);
  return ok([{ transId, clientId: own, ccy, amt, from: body['from'], to: body['to'] }]);
}

/** Whose money goes where, by type: 0 own, 1 to a sub, 2 from a sub, 3 to the master, 4 to another sub. */
function endsOf(call: OkxWriteCall): Result<Ends, OkxRefusal> {
  const { account, body } = call;
  const { type = '0', subAcct } = body;
  const family = familyOf(call);
  const master = family.find(isMaster) ?? account;
  const sub = family.find((each) => each.subAccount === subAcct && !isMaster(each));
  const needsMaster = type === '1' || type === '2';
  const needsSub = type === '3' || type === '4';
  if (type !== '0' && !needsMaster && !needsSub) return err(badParameter('type'));
  if (type === '0') return ok({ from: account, to: account });
  if (isMaster(account) === needsSub) return err(badParameter('type'));
  if (type === '3') return ok({ from: account, to: master });
  if (typeof subAcct !== 'string') return err(badParameter('subAcct'));
  if (sub === undefined) return err(okxNo('58115', "Sub-account doesn't exist."));
  return ok(type === '2' ? { from: sub, to: account } : { from: account, to: sub });
}

function isMaster({ parent }: SimAccount): boolean {
  return (parent ?? null) === null;
}

function familyOf({ account, world, request }: OkxSignedCall): readonly SimAccount[] {
  const head = account.parent ?? account.id;
  const accounts = world.desk(request).accounts.filter(({ venue }) => venue === 'okx');
  return accounts.filter(({ id, parent }) => id === head || parent === head);
}

function transferRow(call: OkxSignedCall, made: SimTransfer) {
  const family = familyOf(call);
  const [from, to] = [made.from, made.to].map(({ accountId }) =>
    family.find(({ id }) => id === accountId),
  );
  const sub = [to, from].find((each) => each !== undefined && !isMaster(each));
  const isOwn = made.from.accountId === made.to.accountId;
  return {
    transId: numericId(made.id, 9),
    clientId: made.clientId,
    ccy: made.coin,
    amt: made.amount.toFixed(),
    from: NUMBERS[made.from.wallet],
    to: NUMBERS[made.to.wallet],
    type: isOwn ? '0' : from && isMaster(from) ? '1' : '2',
    subAcct: isOwn ? '' : (sub?.subAccount ?? ''),
    state: 'success',
    instId: '',
    toInstId: '',
  };
}

/** `GET /api/v5/asset/transfer-state` by either id; of an own id sent again both. */
export function transferState(call: OkxSignedCall): OkxAnswer {
  const { query } = call.request;
  const [id, clientId] = [query.get('transId'), query.get('clientId')];
  if (id === null && clientId === null) return err(badParameter('transId'));
  const rows = historyOf(call.account).transfers.map((each) => transferRow(call, each));
  return ok(rows.filter((row) => (id === null ? row.clientId === clientId : row.transId === id)));
}

/** `GET /api/v5/asset/balances`: the funding wallet. */
export function fundingBalances({ account, request }: OkxSignedCall): OkxAnswer {
  const wanted = request.query.get('ccy')?.split(',');
  const rows = Object.entries(account.funding ?? {}).map(([ccy, amount]) => ({
    ...{ ccy, bal: figure(amount), availBal: figure(amount), frozenBal: '0' },
  }));
  return ok(rows.filter(({ ccy }) => wanted === undefined || wanted.includes(ccy)));
}
