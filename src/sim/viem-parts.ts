import type { privateKeyToAddress as PrivateKeyToAddress } from 'viem/accounts';
import type { recoverTypedDataAddress as RecoverTypedDataAddress } from 'viem/utils';

/** Past the export map by file name: viem's entries load 450 files and a second for these two. */
const ROOT = import.meta.resolve('viem');

const address: { privateKeyToAddress: typeof PrivateKeyToAddress } = await import(
  new URL('./accounts/utils/privateKeyToAddress.js', ROOT).href
);
const recovery: { recoverTypedDataAddress: typeof RecoverTypedDataAddress } = await import(
  new URL('./utils/signature/recoverTypedDataAddress.js', ROOT).href
);

export const { privateKeyToAddress } = address;
export const { recoverTypedDataAddress } = recovery;
