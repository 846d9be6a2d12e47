import { figure } from '../facade.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimTrigger } from '../model.ts';
import { triggersOf } from '../triggers.ts';
import { numericId } from './numeric-id.ts';
import { emptyFields } from './okx-route.ts';

/** Fields of other kinds of algo orders. */
const NOT_OF_A_STOP = emptyFields([
  'activePx',
  'actualPx',
  'actualSide',
  'callbackRatio',
  'callbackSpread',
  'chaseType',
  'chaseVal',
  'clOrdId',
  'isTradeBorrowMode',
  'last',
  'maxChaseType',
  'maxChaseVal',
  'moveTriggerPx',
  'ordId',
  'ordPx',
  'pxLimit',
  'pxSpread',
  'pxVar',
  'quickMgnType',
  'szLimit',
  'tag',
  'tgtCcy',
  'timeInterval',
  'triggerPx',
  'triggerPxType',
  'triggerTime',
]);

/** Triggers of one group are one order at this venue. */
export interface OkxAlgo {
  readonly group: string;
  readonly algoId: string;
  readonly algoClOrdId: string;
  readonly instId: string;
  readonly triggers: readonly SimTrigger[];
  readonly row: ReturnType<typeof algoRow>;
}

interface End {
  readonly state: 'live' | 'canceled' | 'effective';
  readonly at: number | null;
  readonly executionId: string | null;
}

export function algosOf(account: SimAccount): readonly OkxAlgo[] {
  const live: End = { state: 'live', at: null, executionId: null };
  return grouped(triggersOf(account)).map((each) => algoOf(account, each, live));
}

/** Newest first. Of a group the trigger that fired decides. */
export function pastAlgosOf(account: SimAccount): readonly OkxAlgo[] {
  const past = historyOf(account).triggers;
  return grouped(past.map(({ trigger }) => trigger))
    .map((triggers) => {
      const ends = past.filter(({ trigger }) => triggers.includes(trigger));
      const fired = ends.find(({ end }) => end === 'fired');
      return algoOf(account, triggers, {
        state: fired ? 'effective' : 'canceled',
        at: ends.at(-1)?.at ?? null,
        executionId: fired?.executionId ?? null,
      });
    })
    .reverse();
}

function grouped(triggers: readonly SimTrigger[]): SimTrigger[][] {
  return [...Map.groupBy(triggers, ({ group }) => group).values()];
}

/** The venue's number of an order. */
function algoIdOf({ group }: SimTrigger): string {
  return numericId(group, 19);
}

function algoOf(account: SimAccount, triggers: readonly SimTrigger[], end: End): OkxAlgo {
  const first = triggers[0] as SimTrigger;
  return {
    group: first.group,
    algoId: algoIdOf(first),
    algoClOrdId: first.clientId,
    instId: first.instrument.symbol,
    triggers,
    row: algoRow(account, triggers, end),
  };
}

function algoRow(account: SimAccount, triggers: readonly SimTrigger[], end: End) {
  const first = triggers[0] as SimTrigger;
  const of = (kind: SimTrigger['kind']) => triggers.find((each) => each.kind === kind) ?? null;
  const [takeProfit, stopLoss, trailing] = [of('takeProfit'), of('stopLoss'), of('trailing')];
  const position = account.positions.find(({ id }) => id === first.positionId);
  const execution = historyOf(account).executions.find(({ id }) => id === end.executionId);
  const held = position ?? execution;
  const ordId = execution ? numericId(execution.id, 19) : '';
  const updatedAt = end.at ?? first.updatedAt;
  return {
    ...NOT_OF_A_STOP,
    ...trailFields(trailing),
    actualSz: execution?.filled.toFixed() ?? '0',
    actualPx: execution?.price.toFixed() ?? '',
    algoClOrdId: first.clientId,
    algoId: algoIdOf(first),
    amendPxOnTriggerType: '0',
    attachAlgoOrds: [],
    cTime: String(first.createdAt),
    ccy: first.instrument.settle,
    closeFraction: first.contracts === null ? '1' : '',
    failCode: '0',
    instId: first.instrument.symbol,
    instType: 'SWAP',
    lever: held?.leverage.toFixed() ?? '',
    linkedOrd: { ordId: '' },
    ordId,
    ordIdList: ordId === '' ? [] : [ordId],
    ordType: ordTypeOf(triggers),
    posSide: account.positionMode === 'hedge' ? first.side : 'net',
    reduceOnly: 'true',
    side: first.side === 'long' ? 'sell' : 'buy',
    slOrdPx: stopLoss ? '-1' : '',
    slTriggerPx: figure(stopLoss?.price ?? null),
    slTriggerPxType: stopLoss ? 'mark' : '',
    state: end.state,
    sz: first.contracts?.toFixed() ?? '',
    tdMode: held?.marginMode ?? '',
    tpOrdPx: takeProfit ? '-1' : '',
    tpTriggerPx: figure(takeProfit?.price ?? null),
    tpTriggerPxType: takeProfit ? 'mark' : '',
    triggerTime: end.state === 'effective' ? String(updatedAt) : '',
    uTime: String(updatedAt),
  };
}

function ordTypeOf(triggers: readonly SimTrigger[]): 'oco' | 'conditional' | 'move_order_stop' {
  if (triggers.some(({ kind }) => kind === 'trailing')) return 'move_order_stop';
  return triggers.length > 1 ? 'oco' : 'conditional';
}

function trailFields(trailing: SimTrigger | null) {
  const trail = trailing?.trail ?? null;
  if (trail === null) return {};
  return {
    activePx: trail.activationPrice?.toFixed() ?? '',
    callbackRatio: trail.by === 'share' ? trail.amount.toFixed() : '',
    callbackSpread: trail.by === 'distance' ? trail.amount.toFixed() : '',
    moveTriggerPx: figure(trailing?.price ?? null),
  };
}
