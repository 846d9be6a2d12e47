import { err, ok } from '../../domain/result.ts';
import { okxBalanceRow } from './okx-account.ts';
import { algoById, algoHistory, pendingAlgoRows } from './okx-algo.ts';
import { okxOrderRow } from './okx-orders.ts';
import { okxPositionRow } from './okx-positions.ts';
import { badParameter, type OkxAnswer, type OkxCall, type OkxSignedCall } from './okx-route.ts';
import { orderById, orderHistoryRows } from './okx-trade.ts';
import { fundingBalances, transferState } from './okx-transfer.ts';

interface SwapRow {
  readonly instId: string;
}

/** The rows that `instType` and `instId` (a list with commas) let through. */
function filtered<Row extends SwapRow>({ request }: OkxCall, rows: readonly Row[]): readonly Row[] {
  const type = request.query.get('instType');
  const ids = request.query.get('instId')?.split(',') ?? null;
  if (type !== null && type !== 'SWAP') return [];
  return rows.filter(({ instId }) => ids === null || ids.includes(instId));
}

/** Flat positions are not listed by this venue. */
function positions(call: OkxSignedCall): OkxAnswer {
  const { view, world, request } = call;
  const rows = view.positions.map((each) =>
    okxPositionRow(view, each, world.market.quote(each.position.instrument.asset, request.now)),
  );
  return ok(filtered(call, rows));
}

function algoOrders(call: OkxSignedCall): OkxAnswer {
  const wanted = call.request.query.get('ordType')?.split(',');
  if (wanted === undefined) return err(badParameter('ordType'));
  const rows = pendingAlgoRows(call).filter(({ ordType }) => wanted.includes(ordType));
  return ok(filtered(call, rows));
}

function balance({ view, request }: OkxSignedCall): OkxAnswer {
  const wanted = request.query.get('ccy')?.split(',') ?? null;
  return ok([okxBalanceRow(view, request.now, wanted)]);
}

/** The key reads and trades, cannot withdraw, and is bound to an address. */
function config({ account, world, request }: OkxSignedCall): OkxAnswer {
  const master = world.desk(request).accounts.find(({ id }) => id === account.parent);
  return ok([
    {
      acctLv: account.pool === 'usd' ? '3' : '2',
      acctStpMode: 'cancel_maker',
      autoLoan: false,
      ctIsoMode: 'automatic',
      enableSpotBorrow: false,
      greeksType: 'PA',
      ip: '127.0.0.1',
      kycLv: '3',
      label: 'simulator',
      level: 'Lv1',
      levelTmp: '',
      liquidationGear: '-1',
      mainUid: master?.uid ?? account.uid,
      mgnIsoMode: 'automatic',
      opAuth: '1',
      perm: 'read_only,trade',
      posMode: account.positionMode === 'hedge' ? 'long_short_mode' : 'net_mode',
      roleType: '0',
      spotBorrowAutoRepay: false,
      spotOffsetType: '',
      spotRoleType: '0',
      spotTraderInsts: [],
      traderInsts: [],
      type: master === undefined ? '0' : '1',
      uid: account.uid,
    },
  ]);
}

const CHAINS: Readonly<Record<string, string>> = { USDT: 'ERC20', USDC: 'ERC20', BTC: 'Bitcoin' };

/** One chain per coin that anything settles in. */
function currencies({ world }: OkxSignedCall): OkxAnswer {
  const coins = new Set(world.instruments('okx').map(({ settle }) => settle));
  const rows = [...coins].map((ccy) => ({
    canDep: true,
    canInternal: true,
    canWd: true,
    ccy,
    chain: `${ccy}-${CHAINS[ccy] ?? 'ERC20'}`,
    depQuotaFixed: '',
    logoLink: '',
    mainNet: true,
    maxFee: '0',
    maxWd: '1000000',
    minDep: '0.0001',
    minFee: '0',
    minWd: '0.001',
    name: ccy,
    needTag: false,
    usedWdQuota: '0',
    wdQuota: '10000000',
    wdTickSz: '8',
  }));
  return ok(rows);
}

/** GET, by path. */
export const OKX_PRIVATE: Readonly<Record<string, (call: OkxSignedCall) => OkxAnswer>> = {
  '/api/v5/account/config': config,
  '/api/v5/account/balance': balance,
  '/api/v5/account/positions': positions,
  '/api/v5/trade/orders-pending': (call) =>
    ok(
      filtered(
        call,
        call.account.orders.map((order) => okxOrderRow(call.view, order)),
      ),
    ),
  '/api/v5/trade/orders-algo-pending': algoOrders,
  '/api/v5/trade/order': orderById,
  '/api/v5/trade/orders-history': (call) => ok(filtered(call, orderHistoryRows(call))),
  '/api/v5/trade/order-algo': algoById,
  '/api/v5/trade/orders-algo-history': algoHistory,
  '/api/v5/asset/transfer-state': transferState,
  '/api/v5/asset/balances': fundingBalances,
  '/api/v5/asset/currencies': currencies,
};
