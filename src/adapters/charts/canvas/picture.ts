/** A chart after layout: shapes in painting order, in pixels, colours still by their meaning. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export type Shape = Box | Line | Dot | Diamond | Words;

export interface Box {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly tone: Tone;
  /** 0 to 1. */
  readonly opacity: number;
}

export interface Line {
  readonly kind: 'line';
  readonly points: readonly Point[];
  readonly width: number;
  readonly tone: Tone;
  readonly opacity: number;
}

export interface Dot {
  readonly kind: 'dot';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly tone: Tone;
  readonly isHollow: boolean;
}

export interface Diamond {
  readonly kind: 'diamond';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly tone: Tone;
}

/** One line of text in its box, which no other text touches. */
export interface Words {
  readonly kind: 'words';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly size: number;
  readonly tone: Tone;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a colour means; a theme says which colour that is. */
export type Tone =
  | 'paper'
  | 'stripe'
  | 'grid'
  | 'text'
  | 'muted'
  | 'ok'
  | 'watch'
  | 'warn'
  | 'crit'
  | 'emerg'
  | 'long'
  | 'short';

/** Width in pixels of one line of text at a type size. */
export type Measure = (text: string, size: number) => number;
