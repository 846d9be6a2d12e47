import type { Severity } from './reply.ts';

/** Repeats a severity as colour; must not change the width of the text. */
export type Paint = (text: string, severity: Severity) => string;

export interface Layout {
  /** Display columns. */
  readonly width: number;
  readonly paint: Paint;
}

/** A layout whose lines begin with a gutter of `inset` columns, kept for marks. */
export interface Inset extends Layout {
  readonly inset: number;
}

/**
 * Below this a chat's code block on a phone is meant: figures stand one below the other, and a
 * Chinese glyph is not two columns wide, so nothing may align to the right of one.
 */
export const NARROW = 60;
