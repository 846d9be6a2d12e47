import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createChartRenderer } from '../src/adapters/charts/canvas/chart-renderer.ts';
import type { BarsChart, Chart, LadderChart } from '../src/replies/chart.ts';
import type { Severity } from '../src/replies/reply.ts';
import type { Row } from './row.ts';

const ROUNDS = 31;
const LOOK = { locale: 'zh-CN', theme: 'dark' } as const;
const SEVERITIES: readonly Severity[] = ['emerg', 'crit', 'warn', 'ok'];

/** Different every time, so that no picture comes from memory. */
function ladderOf(rows: number, round: number): LadderChart {
  return {
    kind: 'ladder',
    title: `距强平的距离 ${round}`,
    asOf: '截至 14:32:05 UTC',
    empty: '',
    legend: { liquidation: '强平价', mark: '标记价', stop: '止损价' },
    rows: Array.from({ length: rows }, (_, index) => ({
      label: `kn${index}v BTC 多 binance-quant-${index}`,
      distance: 0.02 + index * 0.03,
      text: `${2 + index * 3}.${round % 10}%`,
      severity: SEVERITIES[Math.min(index, 3)] ?? null,
      stopDistance: index % 2 === 0 ? 0.01 + index * 0.01 : null,
    })),
    marks: [
      { at: 0.15, severity: 'warn' },
      { at: 0.08, severity: 'crit' },
      { at: 0.03, severity: 'emerg' },
    ],
  };
}

function barsOf(rows: number, round: number): BarsChart {
  const ladder = ladderOf(rows, round);
  const bars = ladder.rows.map(({ label, text, severity, distance: value }) => ({
    label,
    text,
    severity,
    value,
  }));
  return { ...ladder, kind: 'bars', rows: bars };
}

/**
 * A picture from data to PNG, one at a time in its thread, and how late the main loop was meanwhile; beside it the same loop doing nothing for as long, for what the machine itself is late.
 */
export async function benchCharts(): Promise<Row[]> {
  const renderer = createChartRenderer({ onUnavailable: fail, onFailed: fail });
  const cold = await timed(() => renderer.render(ladderOf(8, -1), LOOK));
  const rows: Row[] = [];
  const kinds: readonly [string, (round: number) => Chart][] = [
    ['ladder of 8 positions', (round) => ladderOf(8, round)],
    ['ladder of 16 positions', (round) => ladderOf(16, round)],
    ['margin bars of 7 accounts', (round) => barsOf(7, round)],
  ];
  for (const [name, chartOf] of kinds) {
    // The first few are still being compiled.
    for (let round = 0; round < 5; round += 1) await renderer.render(chartOf(1000 + round), LOOK);
    const times: number[] = [];
    const busy = await lateness(async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        times.push(await timed(() => renderer.render(chartOf(round), LOOK)));
      }
    });
    const idle = await lateness(() => pause(times.reduce((a, b) => a + b, 0)));
    rows.push({
      name: `PNG, ${name}: p50`,
      figure: `${ms(median(times))}, main loop late by ${busy} ms (p99)`,
      baseline: `cold ${ms(cold)}, idle loop late by ${idle} ms`,
      ratio: '',
    });
  }
  return rows;
}

function fail(reason: string): never {
  throw new Error(`no picture: ${reason}`);
}

/** How late the loop was in the worst hundredth of its turns. */
async function lateness(work: () => Promise<unknown>): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return (delay.percentile(99) / 1e6).toFixed(1);
}

const pause = (time: number) => new Promise((wake) => setTimeout(wake, time));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const ms = (value: number) => `${Math.round(value)} ms`;
