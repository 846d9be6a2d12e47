import { judgedBand } from '../account-risk.ts';
import type { DeskAccount, DeskRisk } from '../assess-desk.ts';
import type { Band } from '../band.ts';
import { bandOfProbability, worstBand } from '../band.ts';
import type { PositionRisk } from '../position-risk.ts';
import { toldOf } from '../position-risk.ts';
import type { ProbabilityReport } from './assess-probability.ts';
import { assessProbability } from './assess-probability.ts';
import { unknownProbability } from './barrier-probability.ts';
import type { LiquidationProbability } from './liquidation-probability.ts';
import type { PositionProbability } from './position-probability.ts';
import { headlineOf } from './position-probability.ts';
import type { ProbabilityEvidence } from './probability-evidence.ts';

/** The desk with probabilities, and bands that heed them. */
export interface JudgedDesk extends DeskRisk {
  readonly positions: readonly JudgedPosition[];
  readonly accounts: readonly JudgedAccount[];
  /** What it was judged by, for who asks "and if". */
  readonly evidence: ProbabilityEvidence;
}

export interface JudgedPosition extends PositionRisk {
  readonly probability: PositionProbability;
}

export interface JudgedAccount extends DeskAccount {
  /** Null: it has no cross positions. */
  readonly probability: LiquidationProbability | null;
}

/**
 * Colour and order come from probability and distance, the worse of both; health is a label, and bands
 * only where no probability is known, or when it is almost over.
 */
export function judgeDesk(desk: DeskRisk, evidence: ProbabilityEvidence): JudgedDesk {
  const report = assessProbability(desk, evidence);
  return {
    ...desk,
    positions: desk.positions.map((risk) => judgePosition(risk, report)),
    accounts: desk.accounts.map((account) => judgeAccount(account, report)),
    evidence,
  };
}

/** Chance of liquidation within a day, the way out counted; null when not known. */
export function probability24h({ probability }: JudgedPosition): number | null {
  return chanceOf(headlineOf(probability), '24h');
}

function judgePosition(risk: PositionRisk, report: ProbabilityReport): JudgedPosition {
  const probability = report.positions.get(risk.handle) ?? NOT_ASSESSED;
  const band = worstBand([risk.band, bandOf(headlineOf(probability))]);
  return { ...toldOf(risk), probability, band };
}

const NOT_ASSESSED: PositionProbability = {
  liquidation: unknownProbability('account-unknown'),
  widened: null,
  exitImpact: null,
};

function judgeAccount(account: DeskAccount, report: ProbabilityReport): JudgedAccount {
  const probability = report.accounts.get(account.account.account.id) ?? null;
  const chance = probability === null ? null : bandOf(probability);
  if (chance === null) return { ...account, probability };
  const { marginUsage: usage, healthFactor: health, venueRiskUse: venues, equityUsd } = account;
  return {
    ...account,
    probability,
    band: judgedBand({ usage, health, venues, equityUsd }, chance),
  };
}

function bandOf(probability: LiquidationProbability): Band | null {
  return bandOfProbability({
    withinHour: chanceOf(probability, '1h'),
    withinDay: chanceOf(probability, '24h'),
  });
}

function chanceOf(probability: LiquidationProbability, horizon: '1h' | '24h'): number | null {
  const figure = probability[horizon];
  return figure.kind === 'known' ? figure.probability : null;
}
