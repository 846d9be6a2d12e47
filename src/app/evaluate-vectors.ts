import { parseDecimal } from '../domain/decimal.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import { crossKinds } from './vectors/cross-kinds.ts';
import { liquidationKinds } from './vectors/liquidation-kinds.ts';
import { marginKinds } from './vectors/margin-kinds.ts';
import { marketKinds } from './vectors/market-kinds.ts';
import { matches } from './vectors/matches.ts';
import { portfolioKinds } from './vectors/portfolio-kinds.ts';
import { probabilityKinds } from './vectors/probability-kinds.ts';
import { statisticsKinds } from './vectors/statistics-kinds.ts';
import { stressKinds } from './vectors/stress-kinds.ts';
import { targetKinds } from './vectors/target-kinds.ts';
import type { Evaluate, Got, Vector, VectorContext } from './vectors/vector.ts';
import { asRecord } from './vectors/vector.ts';

interface VectorLine {
  readonly id: string;
  readonly kind: string;
  readonly status: 'pass' | 'fail' | 'unsupported';
  /** As the file has it. */
  readonly expected: unknown;
  /** What our functions say, figures as decimal text in JSON; null when they say nothing. */
  readonly got: Got;
}

interface VectorSummary {
  readonly pass: number;
  readonly fail: number;
  readonly unsupported: number;
}

export interface Evaluation {
  readonly lines: readonly VectorLine[];
  readonly summary: VectorSummary;
}

const KINDS: ReadonlyMap<string, Evaluate> = new Map([
  ...marginKinds,
  ...liquidationKinds,
  ...crossKinds,
  ...targetKinds,
  ...portfolioKinds,
  ...probabilityKinds,
  ...marketKinds,
  ...statisticsKinds,
  ...stressKinds,
]);

/**
 * Golden vectors put to the functions the program itself runs on. The error says what is wrong with the
 * file. Kinds nothing here computes, and vectors whose source contradicts itself (`not_reproduced`, shown
 * with our figure but never asserted), are `unsupported`.
 */
export function evaluateVectors(fileText: string): Result<Evaluation, string> {
  const parsed = parseFile(fileText);
  if (!parsed.ok) return parsed;
  const context = { all: parsed.value };
  const lines = parsed.value.map((vector) => evaluateOne(vector, context));
  const count = (status: VectorLine['status']): number =>
    lines.filter((line) => line.status === status).length;
  return ok({
    lines,
    summary: { pass: count('pass'), fail: count('fail'), unsupported: count('unsupported') },
  });
}

function evaluateOne(vector: Vector, context: VectorContext): VectorLine {
  const got = KINDS.get(vector.kind)?.(vector, context);
  const { id, kind, expected } = vector;
  const isAsserted = got !== undefined && vector.verified !== 'not_reproduced';
  const verdict = matches(expected, got, vector.tolerance) ? 'pass' : 'fail';
  return { id, kind, status: isAsserted ? verdict : 'unsupported', expected, got: got ?? null };
}

function parseFile(text: string): Result<readonly Vector[], string> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return err('not a JSON file');
  }
  const rows = asRecord(file)?.['vectors'];
  if (!Array.isArray(rows)) return err('no list "vectors" in the file');
  const vectors: Vector[] = [];
  for (const [index, row] of rows.entries()) {
    const vector = parseVector(row);
    if (vector === null)
      return err(`vectors[${index}] lacks id, kind, inputs, expected or tolerance`);
    vectors.push(vector);
  }
  return ok(vectors);
}

function parseVector(row: unknown): Vector | null {
  const raw = asRecord(row);
  const inputs = asRecord(raw?.['inputs']);
  const tolerance = asRecord(raw?.['tolerance']);
  const id = raw?.['id'];
  const kind = raw?.['kind'];
  const type = tolerance?.['type'];
  const value = parseDecimal(tolerance?.['value']);
  if (raw === null || inputs === null || value === null) return null;
  if (typeof id !== 'string' || typeof kind !== 'string' || !('expected' in raw)) return null;
  if (type !== 'abs' && type !== 'rel') return null;
  return {
    id,
    kind,
    inputs,
    venue: String(raw['venue'] ?? ''),
    expected: raw['expected'],
    tolerance: { type, value },
    verified: String(raw['verified'] ?? ''),
  };
}
