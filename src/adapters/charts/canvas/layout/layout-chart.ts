import type { Chart } from '../../../../replies/chart.ts';
import type { Measure, Picture } from '../picture.ts';
import { layoutBars } from './layout-bars.ts';
import { layoutBeforeAfter } from './layout-before-after.ts';
import { layoutExposure } from './layout-exposure.ts';
import { layoutLadder } from './layout-ladder.ts';
import { layoutLines } from './layout-lines.ts';

export function layoutChart(chart: Chart, measure: Measure): Picture {
  switch (chart.kind) {
    case 'ladder':
      return layoutLadder(chart, measure);
    case 'bars':
      return layoutBars(chart, measure);
    case 'exposure':
      return layoutExposure(chart, measure);
    case 'lines':
      return layoutLines(chart, measure);
    case 'before-after':
      return layoutBeforeAfter(chart, measure);
  }
}
