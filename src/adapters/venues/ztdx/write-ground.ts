import { dec, ZERO } from '../../../domain/decimal.ts';
import { money } from '../../../domain/money.ts';
import type { Position } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import type { LegGround, WalletGround } from '../../../ports/venue-writer.ts';
import { SETTLE } from './instrument-of.ts';
import type { UnifiedAccount } from './parse-account.ts';
import type { PublicMarket } from './public-market.ts';
import { readLeg, readTriggers } from './read-leg.ts';
import { readUnifiedAccount } from './read-unified-account.ts';
import type { Round } from './round.ts';
import { stopsOfTriggers } from './stops-of-triggers.ts';
import type { ZtdxHttp } from './ztdx-http.ts';

interface Ground {
  readonly round: Round;
  readonly connection: VenueConnection;
  /** With the key pair. */
  readonly signedHttp: ZtdxHttp;
  readonly market: PublicMarket;
  readonly clock: Clock;
}

/** On no page; the collateral is a token of six decimals. */
const MARGIN_STEP = dec('0.000001');

const GONE: Omit<LegGround, 'free'> = {
  contracts: ZERO,
  collateral: null,
  stops: { takeProfit: [], stopLoss: [], trailing: null },
  markPrice: null,
  marginStep: null,
  contractStep: null,
};

/** The leg as it stands; what its triggers or the account do not tell is only unknown. */
export async function readLegGround(
  ground: Ground,
  position: Position,
): Promise<Result<LegGround, VenueError>> {
  const { round, market } = ground;
  const listed = readLeg(round, position);
  const [leg, account] = await Promise.all([listed, readAccount(ground, listed)]);
  if (!leg.ok) return leg;
  const available = account.ok ? account.value.margin.availableUsd : null;
  const free = available === null ? null : money(available, SETTLE);
  if (leg.value === null) return ok({ ...GONE, free });
  const { id, symbol, size, collateral, markPrice } = leg.value;
  const { sizeStep } = await market.profile(symbol, round.signal);
  const triggers = id === null ? null : await readTriggers(round, leg.value);
  return ok({
    contracts: size,
    collateral: position.marginMode === 'isolated' ? collateral : null,
    stops: triggers?.ok ? stopsOfTriggers(triggers.value, size) : null,
    markPrice: markPrice ?? (await market.mark(symbol, round.signal)),
    free,
    marginStep: MARGIN_STEP,
    contractStep: sizeStep,
  });
}

export async function readWallet(
  ground: Ground,
  currency: string,
): Promise<Result<WalletGround, VenueError>> {
  if (currency !== SETTLE) return err(venueError('unsupported', { code: 'not-offered' }));
  const account = await readAccount(ground, ground.round.get('/api/v1/positions'));
  if (!account.ok) return account;
  const { wallet, margin } = account.value;
  return ok({ wallet, free: margin.availableUsd, step: null });
}

function readAccount(
  { signedHttp: http, round, connection, clock }: Ground,
  list: Promise<Result<unknown, VenueError>>,
): Promise<Result<UnifiedAccount, VenueError>> {
  return readUnifiedAccount({ http, round, credentials: connection.credentials, clock, list });
}
