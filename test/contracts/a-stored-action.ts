import { expect } from 'vitest';
import type { Result } from '../../src/domain/result.ts';
import type { StoredAction } from '../../src/ports/action-store.ts';

export const ACTION: StoredAction = {
  id: 'a1b2c3d4e5f6a1b2c3d4e5f6',
  tokenHash: 'f'.repeat(64),
  state: 'pending',
  revision: 0,
  kind: 'add-margin',
  account: 'bybit-quant-a',
  requestedBy: 'trader-1',
  countedUsd: '1234.5678901234567890123',
  createdAt: 1_764_000_000_123,
  updatedAt: 1_764_000_000_123,
  expiresAt: 1_764_000_060_123,
  body: '{"name":"量化策略A","amount":"0.00000001"}',
};

/** The value of an answer that must be one. */
export async function told<T>(answer: Promise<Result<T, { readonly kind: string }>>): Promise<T> {
  const got = await answer;
  if (!got.ok) return expect.fail(`the store says ${got.error.kind}`);
  return got.value;
}
