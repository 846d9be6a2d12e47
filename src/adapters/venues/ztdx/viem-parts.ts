import type * as Accounts from 'viem/accounts';

type Parts = Pick<typeof Accounts, 'privateKeyToAddress' | 'signTypedData'>;

/** viem exports only whole entries, which load 130 files for the two functions that sign a login. */
const ROOT = import.meta.resolve('viem/accounts');

/** Past the export map by file name; the entry is the way back. */
export async function loadViemParts(): Promise<Parts> {
  const part = (name: string) => import(new URL(`./utils/${name}.js`, ROOT).href);
  try {
    const [address, data] = await Promise.all([part('privateKeyToAddress'), part('signTypedData')]);
    return { ...address, ...data };
  } catch {
    return import('viem/accounts');
  }
}
