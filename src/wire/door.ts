import type { Printed } from '../app/present.ts';
import type { OpenDesk } from '../config/open-desk.ts';
import { besideStore } from './setup.ts';

/** The running console of a desk is found by a file beside the store. */
export const doorOf = (opened: OpenDesk) => ({
  file: `${besideStore(opened)}.door`,
  desk: opened.kind === 'demo' ? 'demo' : opened.path,
});

export function print({ exit, stdout, stderr }: Printed): number {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return exit;
}
