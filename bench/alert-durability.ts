import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alertWorld, intentOf } from '../test/app/alerts/alert-world.ts';
import { tempStore } from '../test/fakes/temp-store.ts';

// Shows by the system's own calls that an alert is on disk before it is sent and before anybody is told
// that it is kept: node bench/alert-durability.ts, on Linux with strace.
const ROUNDS = 50;

if (process.argv[2] === 'traced') await traced();
else show();

/** Says on standard output, unbuffered, when a message goes out and when a call was answered. */
async function traced(): Promise<void> {
  const temp = tempStore();
  const { alerts } = await temp.open();
  const world = await alertWorld({ store: alerts });
  world.script('room', () => {
    writeSync(1, 'SENT\n');
    return null;
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    const intents = [intentOf({ level: 'CRIT', account: `account-${round}` })];
    writeSync(1, 'ASK\n');
    await world.desk.take({ intents, inhibited: new Map() }, []);
    writeSync(1, 'KEPT\n');
    await world.desk.settled();
    const [{ id } = { id: '' }] = world.desk.open();
    writeSync(1, 'ASK\n');
    await world.desk.press({ incident: id, verb: 'ack', forMs: null, by: 'lee' });
    writeSync(1, 'KEPT\n');
    await world.desk.settled();
    await world.desk.take(
      {
        intents: [intentOf({ account: `account-${round}`, reason: 'RESOLVED' })],
        inhibited: new Map(),
      },
      [],
    );
    await world.pass(61_000, 30_000);
  }
  await temp.close();
}

function show(): void {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-strace-'));
  const file = join(folder, 'calls');
  const own = fileURLToPath(import.meta.url);
  execFileSync(
    'strace',
    [
      '-f',
      '-e',
      'trace=write,fsync,fdatasync',
      '-s',
      '8',
      '-o',
      file,
      process.execPath,
      own,
      'traced',
    ],
    { stdio: 'ignore' },
  );
  const calls = readFileSync(file, 'utf8').split('\n');
  rmSync(folder, { recursive: true });
  const counts = { asked: 0, kept: 0, sent: 0, syncs: 0, violations: 0 };
  let isSafe = false;
  for (const call of calls) {
    if (/f(data)?sync\(|<\.\.\. f(data)?sync resumed/.test(call) && /= 0$/.test(call)) {
      counts.syncs += 1;
      isSafe = true;
    } else if (call.includes('"ASK')) {
      counts.asked += 1;
      isSafe = false;
    } else if (/"(KEPT|SENT)/.test(call)) {
      if (call.includes('KEPT')) counts.kept += 1;
      else counts.sent += 1;
      if (!isSafe) counts.violations += 1;
    }
  }
  process.stdout.write(
    `${counts.asked} calls, ${counts.kept} answers and ${counts.sent} messages; ${counts.syncs} syncs; ` +
      `${counts.violations} answers or messages before the disk had it\n`,
  );
  process.exit(counts.violations > 0 || counts.kept !== 2 * ROUNDS ? 1 : 0);
}
