import type { Lane } from '../../../../src/adapters/venues/wire/lane.ts';

const open: Lane = {
  run: (_signal, task) => task(),
  pause: () => undefined,
  refused: () => undefined,
  answered: () => undefined,
};

/** Lanes without a limit: a stand-in on loopback has none, and a test need not wait for it. */
export const openLanes = (): Lane => open;
