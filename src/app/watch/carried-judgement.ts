import type { DeskRisk } from '../../risk/assess-desk.ts';
import type { PositionRisk } from '../../risk/position-risk.ts';
import { unknownProbability } from '../../risk/probability/barrier-probability.ts';
import type {
  JudgedAccount,
  JudgedDesk,
  JudgedPosition,
} from '../../risk/probability/judge-desk.ts';
import type { PositionProbability } from '../../risk/probability/position-probability.ts';

/**
 * A desk judged again by its marks alone, with the chances of the last full judgement: those cost far
 * more than a mark leaves time for. No figure of a position is worked out before somebody reads it.
 */
export function carriedJudgement(risk: DeskRisk, last: JudgedDesk | null): JudgedDesk {
  const { chances, accounts } = last === null ? NOT_YET : chancesOf(last);
  let totals: DeskRisk['totals'] | null = null;
  return {
    ...{ takenAt: risk.takenAt, handleAt: risk.handleAt },
    evidence: last?.evidence ?? NOTHING_KNOWN,
    positions: risk.positions.map((each) => new CarriedPosition(each, chances)),
    accounts: risk.accounts.map((account): JudgedAccount => {
      return { ...account, probability: accounts.get(account.account.account.id) ?? null };
    }),
    get totals() {
      totals ??= risk.totals;
      return totals;
    },
  };
}

interface Chances {
  readonly chances: ReadonlyMap<PositionRisk['handle'], PositionProbability>;
  readonly accounts: ReadonlyMap<string, JudgedAccount['probability']>;
}

const NOT_YET: Chances = { chances: new Map(), accounts: new Map() };
/** Every mark asks for them again. */
const CHANCES = new WeakMap<JudgedDesk, Chances>();

function chancesOf(judged: JudgedDesk): Chances {
  const known = CHANCES.get(judged);
  if (known !== undefined) return known;
  const { positions, accounts } = judged;
  const chances: Chances = {
    chances: new Map(positions.map(({ handle, probability }) => [handle, probability])),
    accounts: new Map(
      accounts.map(({ account, probability }) => [account.account.id, probability]),
    ),
  };
  CHANCES.set(judged, chances);
  return chances;
}

const NOTHING_KNOWN: JudgedDesk['evidence'] = {
  outlooks: new Map(),
  fundingAnnual: new Map(),
  depth: new Map(),
  simulation: null,
};

const NOT_JUDGED: PositionProbability = {
  liquidation: unknownProbability('account-unknown'),
  widened: null,
  exitImpact: null,
};

/** Reads through to the position, which works out what is asked for and no more. */
class CarriedPosition implements JudgedPosition {
  readonly #risk: PositionRisk;
  readonly #chances: ReadonlyMap<PositionRisk['handle'], PositionProbability>;

  constructor(
    risk: PositionRisk,
    chances: ReadonlyMap<PositionRisk['handle'], PositionProbability>,
  ) {
    this.#risk = risk;
    this.#chances = chances;
  }

  get probability() {
    return this.#chances.get(this.#risk.handle) ?? NOT_JUDGED;
  }
  get handle() {
    return this.#risk.handle;
  }
  get position() {
    return this.#risk.position;
  }
  get status() {
    return this.#risk.status;
  }
  get notionalUsd() {
    return this.#risk.notionalUsd;
  }
  get collateralUsd() {
    return this.#risk.collateralUsd;
  }
  get unrealizedPnlUsd() {
    return this.#risk.unrealizedPnlUsd;
  }
  get estimatedLiquidationPrice() {
    return this.#risk.estimatedLiquidationPrice;
  }
  get estimateBasis() {
    return this.#risk.estimateBasis;
  }
  get estimateMissing() {
    return this.#risk.estimateMissing;
  }
  get liquidationState() {
    return this.#risk.liquidationState;
  }
  get liquidationDistance() {
    return this.#risk.liquidationDistance;
  }
  get disagrees() {
    return this.#risk.disagrees;
  }
  get healthFactor() {
    return this.#risk.healthFactor;
  }
  get band() {
    return this.#risk.band;
  }
}
