import type { CommandSpec } from '../src/app/command.ts';
import { exposure } from './exposure.ts';
import { help } from './help.ts';
import { liq } from './liq.ts';
import { margin } from './margin.ts';
import { positions } from './positions.ts';
import { rebalance } from './rebalance.ts';
import { status } from './status.ts';
import { stress } from './stress.ts';
import { valueAtRisk } from './var.ts';
import { whoami } from './whoami.ts';

/** Every command of the desk, in the order of /help. */
export const commands: readonly CommandSpec[] = [
  exposure,
  positions,
  margin,
  liq,
  stress,
  valueAtRisk,
  rebalance,
  status,
  whoami,
  help,
];
