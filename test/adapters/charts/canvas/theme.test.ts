import { describe, expect, test } from 'vitest';
import type { Tone } from '../../../../src/adapters/charts/canvas/picture.ts';
import { themes } from '../../../../src/adapters/charts/canvas/theme.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS: readonly Tone[] = ['text', 'muted', 'ok', 'watch', 'warn', 'crit', 'emerg'];
const FILLS: readonly Tone[] = ['long', 'short'];

describe.each(['dark', 'light'] as const)('in the %s theme', (name) => {
  const theme = themes[name];
  test.each(TEXTS)('%s can be read on paper and on a stripe', (tone) => {
    expect(contrast(theme[tone], theme.paper)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme[tone], theme.stripe)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(FILLS)('%s stands out from the paper', (tone) => {
    expect(contrast(theme[tone], theme.paper)).toBeGreaterThanOrEqual(3);
  });
});
