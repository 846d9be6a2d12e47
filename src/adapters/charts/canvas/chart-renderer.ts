import type { ChartRenderer } from '../../../ports/charts.ts';

export interface ChartRendererOptions {
  /** Told once, when pictures cannot be made here. */
  readonly onUnavailable: (reason: string) => void;
}

export function createChartRenderer(_options: ChartRendererOptions): ChartRenderer {
  return { render: () => Promise.resolve(null) };
}
