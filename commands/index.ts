import type { CommandSpec } from '../src/app/command.ts';
import { ack } from './ack.ts';
import { addMargin } from './add-margin.ts';
import { alerts } from './alerts.ts';
import { approve } from './approve.ts';
import { audit } from './audit.ts';
import { cancel } from './cancel.ts';
import { check } from './check.ts';
import { confirm } from './confirm.ts';
import { exposure } from './exposure.ts';
import { flatten } from './flatten.ts';
import { help } from './help.ts';
import { liq } from './liq.ts';
import { margin } from './margin.ts';
import { positions } from './positions.ts';
import { protect } from './protect.ts';
import { rebalance } from './rebalance.ts';
import { reduce } from './reduce.ts';
import { reload } from './reload.ts';
import { removeMargin } from './remove-margin.ts';
import { report } from './report.ts';
import { resume } from './resume.ts';
import { silence } from './silence.ts';
import { snooze } from './snooze.ts';
import { status } from './status.ts';
import { stop } from './stop.ts';
import { stress } from './stress.ts';
import { tpsl } from './tpsl.ts';
import { transfer } from './transfer.ts';
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
  report,
  rebalance,
  tpsl,
  addMargin,
  removeMargin,
  reduce,
  transfer,
  protect,
  flatten,
  stop,
  resume,
  confirm,
  approve,
  cancel,
  check,
  audit,
  alerts,
  ack,
  snooze,
  silence,
  status,
  reload,
  whoami,
  help,
];
