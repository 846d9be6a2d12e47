import { ONE } from '../../domain/decimal.ts';
import { err, ok } from '../../domain/result.ts';
import { figure } from '../facade.ts';
import type { SimInstrument } from '../model.ts';
import {
  badParameter,
  limitOf,
  type OkxAnswer,
  type OkxCall,
  okxInstrument,
  okxInstruments,
  quoteOf,
  underlyingOf,
} from './okx-route.ts';

const LISTED_AT = '1611916828000';

function instrumentRow(instrument: SimInstrument) {
  const family = underlyingOf(instrument);
  const isLinear = instrument.kind === 'linear';
  return {
    alias: '',
    auctionEndTime: '',
    baseCcy: '',
    category: '1',
    contTdSwTime: LISTED_AT,
    ctMult: '1',
    ctType: instrument.kind,
    ctVal: instrument.contractSize.toFixed(),
    ctValCcy: isLinear ? instrument.asset : 'USD',
    expTime: '',
    futureSettlement: false,
    instFamily: family,
    instId: instrument.symbol,
    instType: 'SWAP',
    lever: instrument.maxLeverage.toFixed(),
    listTime: LISTED_AT,
    lotSz: instrument.lotSize.toFixed(),
    maxIcebergSz: '100000000',
    maxLmtAmt: '20000000',
    maxLmtSz: '100000000',
    maxMktAmt: '',
    maxMktSz: '30000',
    maxStopSz: '30000',
    maxTriggerSz: '100000000',
    maxTwapSz: '100000000',
    minSz: instrument.lotSize.toFixed(),
    optType: '',
    quoteCcy: '',
    ruleType: 'normal',
    settleCcy: instrument.settle,
    state: 'live',
    stk: '',
    tickSz: instrument.tickSize.toFixed(),
    uly: family,
  };
}

function markPrices(call: OkxCall): OkxAnswer {
  const rows = okxInstruments(call).map((instrument) => ({
    instId: instrument.symbol,
    instType: 'SWAP',
    markPx: call.world.market.mark(instrument.asset, call.request.now).toFixed(),
    ts: String(call.request.now),
  }));
  return ok(rows);
}

function fundingRate(call: OkxCall): OkxAnswer {
  const row = (instrument: SimInstrument) => {
    const { fundingRate: rate, nextFundingAt, mark, index } = quoteOf(call, instrument);
    return {
      formulaType: 'withRate',
      fundingRate: figure(rate, 16),
      fundingTime: String(nextFundingAt),
      instId: instrument.symbol,
      instType: 'SWAP',
      interestRate: '0.0001',
      maxFundingRate: '0.00375',
      method: 'current_period',
      minFundingRate: '-0.00375',
      nextFundingRate: '',
      nextFundingTime: String(nextFundingAt + 8 * 3_600_000),
      premium: figure(mark.div(index).minus(ONE), 16),
      settFundingRate: figure(rate, 16),
      settState: 'settled',
      ts: String(call.request.now),
    };
  };
  if (call.request.query.get('instId') === 'ANY') return ok(call.world.instruments('okx').map(row));
  const instrument = okxInstrument(call);
  return instrument.ok ? ok([row(instrument.value)]) : instrument;
}

function fundingHistory(call: OkxCall): OkxAnswer {
  const { world, request } = call;
  const instrument = okxInstrument(call);
  if (!instrument.ok) return instrument;
  const { asset, symbol } = instrument.value;
  const rows = world.market
    .fundingHistory(asset, request.now, limitOf(call, 100, 100))
    .map(({ at, rate }) => ({
      formulaType: 'withRate',
      fundingRate: figure(rate, 16),
      fundingTime: String(at),
      instId: symbol,
      instType: 'SWAP',
      method: 'current_period',
      realizedRate: figure(rate, 16),
    }));
  return ok(rows);
}

/** Caps and floors are numbers of contracts; there is no deduction. */
function positionTiers(call: OkxCall): OkxAnswer {
  const { query } = call.request;
  if (!['cross', 'isolated'].includes(query.get('tdMode') ?? '')) {
    return err(badParameter('tdMode'));
  }
  if (!query.get('uly') && !query.get('instFamily')) return err(badParameter('uly'));
  const rows = okxInstruments(call).flatMap((instrument) =>
    instrument.tiers.map((tier, index) => ({
      baseMaxLoan: '',
      imr: tier.initialRate.toFixed(),
      instFamily: underlyingOf(instrument),
      instId: '',
      maxLever: tier.maxLeverage.toFixed(),
      maxSz: tier.cap.toFixed(),
      minSz: tier.floor.toFixed(),
      mmr: tier.rate.toFixed(),
      optMgnFactor: '0',
      quoteMaxLoan: '',
      tier: String(index + 1),
      uly: underlyingOf(instrument),
    })),
  );
  return ok(rows);
}

/** GET, by path. */
export const OKX_PUBLIC: Readonly<Record<string, (call: OkxCall) => OkxAnswer>> = {
  '/api/v5/public/time': ({ request }) => ok([{ ts: String(request.now) }]),
  '/api/v5/public/instruments': (call) =>
    call.request.query.get('instType')
      ? ok(okxInstruments(call).map(instrumentRow))
      : err(badParameter('instType')),
  '/api/v5/public/mark-price': markPrices,
  '/api/v5/public/funding-rate': fundingRate,
  '/api/v5/public/funding-rate-history': fundingHistory,
  '/api/v5/public/position-tiers': positionTiers,
};
