import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { ChartLook } from '../../../ports/charts.ts';
import type { Chart } from '../../../replies/chart.ts';
import { encodePng } from './encode-png.ts';
import { layoutChart } from './layout/layout-chart.ts';
import { legible } from './legible.ts';
import { paint } from './paint.ts';
import { themes } from './theme.ts';

/** Draws charts in this thread, and takes its time for it. */
export interface ChartCanvas {
  png(chart: Chart, look: ChartLook): Uint8Array;
}

/** One family for Chinese, Latin and digits, under a name that no installed font has. */
const FAMILY = 'PlimsollChart';

type CanvasModule = typeof import('@napi-rs/canvas');

/** Throws where the native module or the font cannot be loaded. */
export function openCanvas(module: CanvasModule): ChartCanvas {
  const font = readFileSync(
    fileURLToPath(
      import.meta.resolve(
        '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2',
      ),
    ),
  );
  if (module.GlobalFonts.register(font, FAMILY) === null) throw new Error('the font was refused');
  const ruler = contextOf(module, { width: 1, height: 1 });
  const measure = (text: string, size: number) => {
    ruler.font = `${size}px ${FAMILY}`;
    return ruler.measureText(text).width;
  };
  const hasGlyph = createGlyphProbe(module);
  return {
    png(chart, { theme }) {
      const picture = layoutChart(legible(chart, hasGlyph), measure);
      const context = contextOf(module, picture);
      paint(picture, { context, family: FAMILY, theme: themes[theme] });
      const { width, height } = picture;
      return encodePng({ width, height, data: context.getImageData(0, 0, width, height).data });
    },
  };
}

function contextOf(
  module: CanvasModule,
  { width, height }: { readonly width: number; readonly height: number },
): SKRSContext2D {
  return module.createCanvas(width, height).getContext('2d');
}

const PROBE = 24;
/** No font has a glyph for what is not a character. */
const NO_CHARACTER = '\u{10FFFF}';
const MOST_REMEMBERED = 8192;

/** Whether a character is drawn as itself: the empty box is known by its pixels. */
function createGlyphProbe(module: CanvasModule): (character: string) => boolean {
  const context = contextOf(module, { width: 2 * PROBE, height: 2 * PROBE });
  const known = new Map<string, boolean>();
  const pixelsOf = (character: string) => {
    context.clearRect(0, 0, 2 * PROBE, 2 * PROBE);
    context.font = `${PROBE}px ${FAMILY}`;
    context.fillText(character, PROBE / 2, 1.5 * PROBE);
    return Buffer.from(context.getImageData(0, 0, 2 * PROBE, 2 * PROBE).data.buffer);
  };
  const box = pixelsOf(NO_CHARACTER);
  return (character) => {
    if (/^[ -~]$/.test(character)) return true;
    const has = known.get(character) ?? !pixelsOf(character).equals(box);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(character, has);
    return has;
  };
}
