import type { Chart } from '../replies/chart.ts';

/** Draws charts. Never rejects and never holds up the main loop for long. */
export interface ChartRenderer {
  /** A PNG, or null when pictures cannot be made here (no native module): then text must do. */
  render(chart: Chart, look: ChartLook): Promise<Uint8Array | null>;
}

export interface ChartLook {
  readonly locale: 'en' | 'zh-CN';
  readonly theme: 'dark' | 'light';
}
