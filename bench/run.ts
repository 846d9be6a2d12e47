import { benchAlertDelivery } from './alert-delivery.ts';
import { benchAlerts } from './alerts.ts';
import { benchCharts } from './charts.ts';
import { benchChats } from './chats.ts';
import { benchCommentary } from './commentary.ts';
import { benchProgram } from './program.ts';
import { benchRisk } from './risk.ts';
import { benchSimulation } from './simulation.ts';
import { benchSnapshot } from './snapshot.ts';
import { benchStress } from './stress.ts';
import { benchWatch } from './watch.ts';

const rows = [
  ...benchRisk(),
  ...benchStress(),
  ...benchAlerts(),
  ...(await benchAlertDelivery()),
  ...(await benchWatch()),
  ...(await benchSnapshot()),
  ...(await benchProgram()),
  ...(await benchSimulation()),
  ...(await benchCharts()),
  ...(await benchChats()),
  ...(await benchCommentary()),
];
if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify(rows)}\n`);
} else {
  process.stdout.write('| What | Figure | Same run’s baseline | Ratio |\n|---|---|---|---|\n');
  for (const { name, figure, baseline, ratio } of rows) {
    process.stdout.write(`| ${name} | ${figure} | ${baseline} | ${ratio} |\n`);
  }
}
process.exit(0);
