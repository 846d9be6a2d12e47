import type { CommandContext, Options, Refusal } from '../../src/app/command.ts';
import type { Result } from '../../src/domain/result.ts';
import { err, ok } from '../../src/domain/result.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { nearest } from '../../src/replies/nearest.ts';
import { assetCalled, assetsOf, sameWord } from './known-asset.ts';

/** What part of the desk an answer speaks of; null means all of it. */
export interface Scope {
  readonly asset: string | null;
  readonly account: string | null;
}

/** The options as the desk spells them, or a refusal that names the nearest and all known ones. */
export function scopeOf(
  context: CommandContext,
  snapshot: Snapshot,
  options: Options,
): Result<Scope, Refusal> {
  const { say } = context;
  const accounts = context.accounts.map(({ id }) => id);
  const { asset, account } = meantBy(options, accounts);
  const knownAccount = account === null ? null : sameWord(account, accounts);
  if (account !== null && knownAccount === null) {
    const near = nearest(account, accounts);
    const facts = { account, known: accounts.join(', ') };
    const key = 'usage.unknownAccount';
    return err({ text: near === null ? say(key, facts) : say(`${key}Near`, { ...facts, near }) });
  }
  const knownAsset = asset === null ? null : assetCalled(asset, snapshot);
  if (asset !== null && knownAsset === null) {
    const assets = assetsOf(snapshot);
    const near = nearest(asset, assets);
    const facts = { asset, known: assets.join(', ') };
    const key = 'usage.unknownAsset';
    return err({ text: near === null ? say(key, facts) : say(`${key}Near`, { ...facts, near }) });
  }
  return ok({ asset: knownAsset, account: knownAccount });
}

/** Completion offers accounts for the first word too, and no asset is called like an account. */
function meantBy(options: Options, accounts: readonly string[]): Scope {
  const asset = options['asset'] ?? null;
  const account = options['account'] ?? null;
  if (asset === null || account !== null || sameWord(asset, accounts) === null) {
    return { asset, account };
  }
  return { asset: null, account: asset };
}
