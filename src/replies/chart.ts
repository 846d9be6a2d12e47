import type { Note, Severity } from './reply.ts';

/**
 * A picture as data: labels and numbers already localised and formatted, geometry in doubles (a
 * picture is read to a pixel, not to a digit). One chart per reply; renderers without pictures
 * leave it out, so the reply's text must say everything that decides.
 */
export type Chart = LadderChart | BarsChart | ExposureChart | LinesChart | BeforeAfterChart;

/** A picture travels without its text, so it carries its own time and holes. */
export interface ChartFrame {
  readonly title: string;
  /** When the figures were taken, as text; absent in charts without figures. */
  readonly asOf?: string;
  /** Short lines under the picture: what is missing, what did not fit. */
  readonly notes?: readonly Note[];
  /** Said in place of rows. */
  readonly empty: string;
}

/** Positions by distance to liquidation, nearest on top: the mark is a dot, liquidation is the zero line. */
export interface LadderChart extends ChartFrame {
  readonly kind: 'ladder';
  readonly legend: {
    readonly liquidation: string;
    readonly mark: string;
    readonly stop: string;
  };
  readonly rows: readonly {
    readonly label: string;
    /** Distance as a share of the mark; null: not known or none, drawn as a word. */
    readonly distance: number | null;
    readonly text: string;
    readonly severity: Severity | null;
    /**
     * Where the stop lies on the same scale, that is how far before liquidation, as a share of the mark:
     * at 0 both meet, below 0 liquidation comes first. Null: none, or not known.
     */
    readonly stopDistance: number | null;
  }[];
  /** Distances at which the colour changes. */
  readonly marks: readonly { readonly at: number; readonly severity: Severity }[];
}

/** One bar per row on a scale from 0; margin usage by account. */
export interface BarsChart extends ChartFrame {
  readonly kind: 'bars';
  readonly rows: readonly {
    readonly label: string;
    readonly value: number | null;
    readonly text: string;
    readonly severity: Severity | null;
  }[];
  readonly marks: readonly { readonly at: number; readonly severity: Severity }[];
}

/** Long to the right, short to the left, net as a tick; per asset. */
export interface ExposureChart extends ChartFrame {
  readonly kind: 'exposure';
  readonly legend: { readonly long: string; readonly short: string; readonly net: string };
  readonly rows: readonly {
    readonly label: string;
    readonly long: number;
    readonly short: number;
    readonly net: number;
    readonly text: string;
  }[];
}

/** Values over time, each series on a scale of its own; a gap in the data is a gap in the line. */
export interface LinesChart extends ChartFrame {
  readonly kind: 'lines';
  readonly series: readonly {
    readonly label: string;
    readonly points: readonly { readonly at: number; readonly value: number | null }[];
    /** The last value as text. */
    readonly text: string;
    /** Its lowest and highest value as text. */
    readonly lowText: string;
    readonly highText: string;
  }[];
  readonly timeLabels: readonly { readonly at: number; readonly text: string }[];
}

/** What an action changes: one row per figure, each on a scale of its own. */
export interface BeforeAfterChart extends ChartFrame {
  readonly kind: 'before-after';
  readonly legend: { readonly before: string; readonly after: string };
  readonly rows: readonly {
    readonly label: string;
    readonly before: number | null;
    readonly after: number | null;
    readonly beforeText: string;
    readonly afterText: string;
    readonly severityAfter: Severity | null;
  }[];
}
