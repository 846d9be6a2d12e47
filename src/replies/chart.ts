import type { Severity } from './reply.ts';

/**
 * A picture as data: labels and numbers already localised and formatted, geometry in doubles (a
 * picture is read to a pixel, not to a digit). One chart per reply; renderers without pictures
 * leave it out, so the reply's text must say everything that decides.
 */
export type Chart = LadderChart | BarsChart | ExposureChart | LinesChart | BeforeAfterChart;

/** Positions by distance to liquidation, nearest on top. */
export interface LadderChart {
  readonly kind: 'ladder';
  readonly title: string;
  readonly rows: readonly {
    readonly label: string;
    /** Distance as a share of the mark; null: not known or none, drawn as a word. */
    readonly distance: number | null;
    readonly text: string;
    readonly severity: Severity | null;
    /** Where the stop lies, on the same scale; null: none. */
    readonly stopDistance: number | null;
  }[];
  /** Distances at which the colour changes. */
  readonly marks: readonly { readonly at: number; readonly severity: Severity }[];
  readonly empty: string;
}

/** One bar per row on a scale from 0; margin usage by account. */
export interface BarsChart {
  readonly kind: 'bars';
  readonly title: string;
  readonly rows: readonly {
    readonly label: string;
    readonly value: number | null;
    readonly text: string;
    readonly severity: Severity | null;
  }[];
  readonly marks: readonly { readonly at: number; readonly severity: Severity }[];
  readonly empty: string;
}

/** Long to the right, short to the left, net as a tick; per asset. */
export interface ExposureChart {
  readonly kind: 'exposure';
  readonly title: string;
  readonly legend: { readonly long: string; readonly short: string; readonly net: string };
  readonly rows: readonly {
    readonly label: string;
    readonly long: number;
    readonly short: number;
    readonly net: number;
    readonly text: string;
  }[];
  readonly empty: string;
}

/** Values over time; a gap in the data is a gap in the line. */
export interface LinesChart {
  readonly kind: 'lines';
  readonly title: string;
  readonly series: readonly {
    readonly label: string;
    readonly points: readonly { readonly at: number; readonly value: number | null }[];
    /** The last value as text. */
    readonly text: string;
  }[];
  readonly timeLabels: readonly { readonly at: number; readonly text: string }[];
  readonly empty: string;
}

/** What an action changes: one row per figure. */
export interface BeforeAfterChart {
  readonly kind: 'before-after';
  readonly title: string;
  readonly legend: { readonly before: string; readonly after: string };
  readonly rows: readonly {
    readonly label: string;
    readonly before: number | null;
    readonly after: number | null;
    readonly beforeText: string;
    readonly afterText: string;
    readonly severityAfter: Severity | null;
  }[];
  readonly empty: string;
}
