import { Worker } from 'node:worker_threads';
import { loadImage } from '@napi-rs/canvas';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createChartRenderer,
  spawnChartWorker,
} from '../../../../src/adapters/charts/canvas/chart-renderer.ts';
import type { BarsChart } from '../../../../src/replies/chart.ts';

const DARK = { locale: 'zh-CN', theme: 'dark' } as const;
const LIGHT = { locale: 'zh-CN', theme: 'light' } as const;

function barsOf(label: string): BarsChart {
  return {
    kind: 'bars',
    title: '保证金使用率',
    asOf: '14:32:05 UTC',
    empty: '没有账户。',
    rows: [{ label, value: 0.6, text: '60.0%', severity: 'warn' }],
    marks: [{ at: 0.5, severity: 'warn' }],
  };
}

const told: string[] = [];
beforeEach(() => {
  told.length = 0;
});

function rendererWith(spawn?: () => Worker) {
  return createChartRenderer({
    onUnavailable: (reason) => told.push(`unavailable: ${reason}`),
    onFailed: (reason) => told.push(`failed: ${reason}`),
    ...(spawn ? { spawn } : {}),
  });
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

describe('a picture', () => {
  const renderer = rendererWith();
  const drawn = async (chart: BarsChart, look: typeof DARK | typeof LIGHT = DARK) => {
    const png = await renderer.render(chart, look);
    if (png === null) throw new Error(told.join());
    return png;
  };

  test('is a PNG of the size it says, small enough for both chats', async () => {
    const png = await drawn(barsOf('bybit-quant-a'));
    expect([...png.subarray(0, 8)]).toEqual(SIGNATURE);
    const { width, height } = await loadImage(png);
    expect(width).toBe(1280);
    expect(height).toBeLessThan(400);
    // Telegram takes photos up to 10 MB, Discord files up to 10 MiB without boosts.
    expect(png.length).toBeLessThan(100_000);
  });

  test('is the same for the same data, and drawn once', async () => {
    const [one, two] = await Promise.all([drawn(barsOf('a')), drawn(barsOf('a'))]);
    expect(two).toBe(one);
    expect(await drawn(barsOf('a'))).toBe(one);
    const elsewhere = await rendererWith().render(barsOf('a'), DARK);
    expect(elsewhere && Buffer.from(elsewhere).equals(one)).toBe(true);
  });

  test('differs by data and by theme', async () => {
    const one = Buffer.from(await drawn(barsOf('a')));
    expect(one.equals(await drawn(barsOf('b')))).toBe(false);
    expect(one.equals(await drawn(barsOf('a'), LIGHT))).toBe(false);
  });

  test('names a hanzi that the font lacks by its code instead of an empty box', async () => {
    const rare = Buffer.from(await drawn(barsOf('㐂')));
    expect(rare.equals(await drawn(barsOf('U+3402')))).toBe(true);
    const common = Buffer.from(await drawn(barsOf('喜')));
    expect(common.equals(await drawn(barsOf('U+559C')))).toBe(false);
  });
});

describe('where pictures cannot be made', () => {
  test('without the native library there is none, and it is said once', async () => {
    const renderer = rendererWith(() => spawnChartWorker('no-such-library'));
    const answers = await Promise.all([
      renderer.render(barsOf('a'), DARK),
      renderer.render(barsOf('b'), DARK),
    ]);
    expect([...answers, await renderer.render(barsOf('c'), DARK)]).toEqual([null, null, null]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^unavailable: .*no-such-library/);
  });

  test('a thread that dies costs its picture, and the next one has a new thread', async () => {
    const dying = () =>
      new Worker('require("worker_threads").parentPort.once("message", () => process.exit(1))', {
        eval: true,
      });
    const threads = [dying, () => spawnChartWorker('@napi-rs/canvas')];
    const renderer = rendererWith(() => (threads.shift() ?? dying)());
    expect(await renderer.render(barsOf('a'), DARK)).toBeNull();
    expect(told).toEqual(['failed: the drawing thread ended']);
    expect(await renderer.render(barsOf('a'), DARK)).not.toBeNull();
  });

  test('a thread that cannot be started is no picture, not an error', async () => {
    const renderer = rendererWith(() => {
      throw new Error('no more threads');
    });
    expect(await renderer.render(barsOf('a'), DARK)).toBeNull();
    expect(told).toEqual(['failed: no thread to draw in']);
  });

  test('more than anybody will wait for is refused at once', async () => {
    const silent = () =>
      new Worker('require("worker_threads").parentPort.on("message", () => {})', { eval: true });
    const renderer = rendererWith(silent);
    for (let index = 0; index < 25; index += 1) void renderer.render(barsOf(`${index}`), DARK);
    expect(await renderer.render(barsOf('one too many'), DARK)).toBeNull();
    expect(told).toEqual(['failed: too many pictures at once']);
  });
});
