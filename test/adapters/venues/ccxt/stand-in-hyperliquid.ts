import type { StubHandler } from '../../../fakes/stub-http.ts';

const COINS = ['SOL', 'ETH', 'HYPE'];

const universe = (names: readonly string[], rest: object = {}) => [
  {
    universe: names.map((name) => ({ name, szDecimals: 2, maxLeverage: 50 })),
    collateralToken: 0,
    ...rest,
  },
  names.map(() => ({ markPx: '1', midPx: '1', oraclePx: '1', dayNtlVlm: '1', openInterest: '1' })),
];

const FLAT = { accountValue: '0', totalMarginUsed: '0', totalNtlPos: '0', totalRawUsd: '0' };
const EMPTY = {
  assetPositions: [],
  marginSummary: FLAT,
  crossMarginSummary: FLAT,
  crossMaintenanceMarginUsed: '0',
  withdrawable: '0',
};

/** Hyperliquid with three coins and one builder's exchange; `state` is where its coins say it is. */
export function standInHyperliquid(state: Readonly<Record<string, unknown>> = EMPTY): StubHandler {
  const isBuilders = JSON.stringify(state).includes('"flx:');
  return ({ body }) => {
    const ask = JSON.parse(body);
    switch (ask.type) {
      case 'perpDexs':
        return { body: [null, { name: 'flx' }] };
      case 'metaAndAssetCtxs':
        return {
          body: ask.dex ? universe(['flx:CRCL'], { collateralToken: 360 }) : universe(COINS),
        };
      case 'spotMeta':
        return {
          body: {
            universe: [],
            tokens: [
              { name: 'USDC', index: 0, szDecimals: 8, weiDecimals: 8 },
              { name: 'USDH', index: 360, szDecimals: 2, weiDecimals: 8 },
            ],
          },
        };
      case 'clearinghouseState':
        return { body: Boolean(ask.dex) === isBuilders ? state : EMPTY };
      default:
        return { body: {} };
    }
  };
}
