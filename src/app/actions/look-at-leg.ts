import type { PositionScene } from '../../actions/preview-position.ts';
import type { ReadBack } from '../../actions/reconcile.ts';
import { ONE } from '../../domain/decimal.ts';
import { isDollar, money } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type VenueError, venueError } from '../../domain/venue-error.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { AccountWriter, LegGround } from '../../ports/venue-writer.ts';
import { assessDesk } from '../../risk/assess-desk.ts';
import { coinPriceFrom } from '../../risk/coin-price.ts';
import { type ActionDeps, LOOK_MS } from './action-deps.ts';
import type { ActionRefusal } from './action-refusal.ts';
import { chanceAt } from './chance-at.ts';
import { type FoundPosition, samePosition } from './find-position.ts';
import { withDeadline } from './with-deadline.ts';

/** A leg as it stands, read past every cache, and all that a preview of it needs. */
export interface LegLook {
  readonly found: FoundPosition;
  readonly scene: PositionScene;
  readonly seen: ReadBack;
}

export function lookAtLeg(
  writer: AccountWriter,
  position: Position,
  { clock }: Pick<ActionDeps, 'clock'>,
): Promise<Result<LegGround, VenueError>> {
  return withDeadline((signal) => writer.leg(position, signal), {
    clock,
    ms: LOOK_MS,
    late: () => err(venueError('unavailable', { code: 'timeout', ms: LOOK_MS })),
  });
}

export function legReadBack({ contracts, collateral, stops }: LegGround): ReadBack {
  return { contracts, collateral, stops, payerWallet: null, receiverWallet: null };
}

/** Reads the account and the leg anew; both must tell the same story, or nothing is previewed. */
export async function freshLeg(
  { found, writer }: { readonly found: FoundPosition; readonly writer: AccountWriter },
  narrow: (snapshot: Snapshot) => Snapshot,
  deps: ActionDeps,
): Promise<Result<LegLook, ActionRefusal>> {
  const { id } = found.account.account;
  const [ground] = await Promise.all([
    lookAtLeg(writer, found.position, deps),
    deps.desk.refresh(id),
  ]);
  if (!ground.ok) return err({ kind: 'not-read', account: id, error: ground.error });
  // A reading that was under way when we came may be older than the leg: one more tells.
  const whole = narrow(deps.desk.lastKnown());
  const again = samePosition(found.position, whole);
  if (!agree(again, ground.value)) await deps.desk.refresh(id);
  const snapshot = narrow(deps.desk.lastKnown());
  const account = snapshot.accounts.find((each) => each.account.id === id);
  if (account?.status !== 'ok') return err({ kind: 'not-read', account: id, error: null });
  const now = samePosition(found.position, snapshot);
  if (now === null || !agree(now, ground.value)) {
    return err({ kind: 'changing', handle: found.handle });
  }
  const scene = sceneOf(now, { ground: ground.value, writer, snapshot }, deps);
  return ok({ found: now, scene, seen: legReadBack(ground.value) });
}

function agree(found: FoundPosition | null, ground: LegGround): boolean {
  return found?.position.contracts.eq(ground.contracts) === true;
}

interface SceneParts {
  readonly ground: LegGround;
  readonly writer: AccountWriter;
  readonly snapshot: Snapshot;
}

function sceneOf(
  { position: read, account }: FoundPosition,
  { ground, writer, snapshot }: SceneParts,
  deps: ActionDeps,
): PositionScene {
  const { settle } = read.instrument;
  const position =
    ground.collateral === null || read.collateral === null
      ? read
      : { ...read, collateral: money(ground.collateral, settle) };
  const desk = assessDesk(snapshot);
  const pools = desk.accounts.find((each) => each.account === account)?.pools;
  const risk = desk.positions.find((each) => each.position === read);
  if (!pools || !risk) throw new TypeError('a position of the desk is judged with it');
  return {
    subject: { position, account, pools },
    stops: ground.stops,
    marginStep: ground.marginStep,
    contractStep: ground.contractStep,
    marginOnReduce: writer.marginOnReduce,
    free: ground.free,
    coinUsd: isDollar(settle) ? ONE : coinPriceFrom(snapshot)(account.account.id, settle),
    probabilityAt: chanceAt({ ...risk, position }, deps.market(snapshot)),
    expiresAt: deps.clock.now() + (deps.settings?.previewTtlMs ?? 0),
    hash: deps.hash,
  };
}
