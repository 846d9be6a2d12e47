import type { Chart } from './chart.ts';

/** How bad it is. Drives colour, order and the mark at the start of a line; never carries meaning alone. */
export type Severity = 'ok' | 'watch' | 'warn' | 'crit' | 'emerg';

/**
 * An answer as data: localised, numbers formatted, but no layout and no markup.
 * Renderers only fit and escape. The set is closed: a new shape is a new field here.
 */
export interface Reply {
  readonly title: string;
  /** The worst thing in it, or null for answers that have no better or worse. */
  readonly severity: Severity | null;
  /** The few figures that answer the question at a glance, most important first. */
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  /** Paragraphs of text: commentary, help. */
  readonly paragraphs: readonly string[];
  /** Short warnings: gaps, disagreements. Never dropped by a renderer. */
  readonly notes: readonly Note[];
  /** When the figures were taken; null for answers without figures. */
  readonly takenAt: number | null;
  /** A shape that says more than its table; absent where there is none. */
  readonly chart?: Chart;
}

export interface Figure {
  readonly label: string;
  readonly text: string;
  readonly severity: Severity | null;
}

export interface Note {
  readonly text: string;
  readonly severity: Severity | null;
}

export interface Table {
  /** Printed above the table; null for the only table of a reply. */
  readonly caption: string | null;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Said instead of the table when it has no rows. */
  readonly empty: string;
}

export interface Column {
  readonly label: string;
  readonly align: 'left' | 'right';
  /** 1 stays to the last; the highest number is dropped first when the width is short. */
  readonly priority: number;
}

export interface Cell {
  readonly text: string;
  readonly severity: Severity | null;
}
