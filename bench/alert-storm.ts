import { type StormFigures, stormFigures } from '../test/app/alerts/storm-play.ts';

// Storms by seed, 1,000 warnings in 20 s with 12 critical alerts and 3 emergencies in each:
// node bench/alert-storm.ts [seeds]
const seeds = Number(process.argv[2] ?? '1000');
const worst = { loud: 0, edits: 0, calls: 0, visible: 0, critical: 0, refused: 0, unbalanced: 0 };
const emergencies: number[] = [];
for (let seed = 1; seed <= seeds; seed += 1) note(await stormFigures(seed));
emergencies.sort((a, b) => a - b);
const p99 = emergencies[Math.floor(emergencies.length * 0.99)] ?? Number.NaN;

process.stdout.write(
  [
    `${seeds} storms of 1,015 alerts in one place; the worst of each figure:`,
    `loud in 60 s           ${worst.loud} (at most 8)`,
    `edits in 60 s          ${worst.edits} (at most 8)`,
    `calls in 60 s          ${worst.calls} (at most 18)`,
    `everything visible     ${worst.visible} ms (at most 10,000)`,
    `critical said aloud    ${worst.critical} ms (at most 15,250)`,
    `emergency aloud, p99   ${p99} ms (at most 250)`,
    `refused, 20 a minute   ${worst.refused} (none)`,
    `books that do not add  ${worst.unbalanced} (none)`,
    '',
  ].join('\n'),
);
process.exit(
  worst.loud > 8 || worst.edits > 8 || worst.calls > 18 || worst.visible > 10_000 || p99 > 250
    ? 1
    : Math.min(1, worst.refused + worst.unbalanced),
);

function note({ loud, edits, calls, slowest, critical, emergency, ...rest }: StormFigures): void {
  worst.loud = Math.max(worst.loud, loud);
  worst.edits = Math.max(worst.edits, edits);
  worst.calls = Math.max(worst.calls, calls);
  worst.visible = Math.max(worst.visible, slowest);
  worst.critical = Math.max(worst.critical, ...critical);
  worst.refused += rest.refused;
  const { lost, difference, taken } = rest.balance;
  if (lost.length > 0 || difference !== 0 || taken !== 1015) worst.unbalanced += 1;
  emergencies.push(...emergency);
}
