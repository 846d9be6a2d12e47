import type { ChartLook } from '../../../ports/charts.ts';
import type { Tone } from './picture.ts';

export type Theme = Readonly<Record<Tone, string>>;

/**
 * Severities run from cool to red and are told apart by their marks too; long and short are blue and
 * orange, since red and green mean opposite things in London and Shanghai.
 */
export const themes: Readonly<Record<ChartLook['theme'], Theme>> = {
  dark: {
    paper: '#14171c',
    stripe: '#1b1f26',
    grid: '#343b46',
    text: '#eceff3',
    muted: '#a3adb8',
    ok: '#62b6b0',
    watch: '#8db4ff',
    warn: '#f0c24b',
    crit: '#ff9447',
    emerg: '#ff6b6b',
    long: '#5b9dff',
    short: '#f2a154',
  },
  light: {
    paper: '#ffffff',
    stripe: '#f4f6f8',
    grid: '#ccd3da',
    text: '#1a1e24',
    muted: '#57616c',
    ok: '#1f7a74',
    watch: '#2f62c4',
    warn: '#8a6100',
    crit: '#b34a00',
    emerg: '#c01f2a',
    long: '#2263c9',
    short: '#d2751a',
  },
};
