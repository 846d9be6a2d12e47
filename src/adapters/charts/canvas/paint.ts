import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Diamond, Dot, Line, Picture, Shape, Words } from './picture.ts';
import type { Theme } from './theme.ts';

export interface Brush {
  readonly context: SKRSContext2D;
  readonly family: string;
  readonly theme: Theme;
}

/** Puts the shapes of a picture on a canvas of its size. */
export function paint(picture: Picture, brush: Brush): void {
  const { context, theme } = brush;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, picture.width, picture.height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.textBaseline = 'alphabetic';
  for (const shape of picture.shapes) paintShape(shape, brush);
}

function paintShape(shape: Shape, brush: Brush): void {
  const { context, theme } = brush;
  switch (shape.kind) {
    case 'box':
      context.globalAlpha = shape.opacity;
      context.fillStyle = theme[shape.tone];
      context.beginPath();
      context.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius);
      context.fill();
      context.globalAlpha = 1;
      return;
    case 'line':
      paintLine(shape, brush);
      return;
    case 'dot':
      paintDot(shape, brush);
      return;
    case 'diamond':
      paintDiamond(shape, brush);
      return;
    case 'words':
      paintWords(shape, brush);
      return;
  }
}

function paintLine({ points, width, tone, opacity }: Line, { context, theme }: Brush): void {
  context.globalAlpha = opacity;
  context.strokeStyle = theme[tone];
  context.lineWidth = width;
  context.beginPath();
  for (const { x, y } of points) context.lineTo(x, y);
  context.stroke();
  context.globalAlpha = 1;
}

function paintDot({ x, y, radius, tone, isHollow }: Dot, { context, theme }: Brush): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = isHollow ? theme.paper : theme[tone];
  context.fill();
  // A rim of paper lifts a full dot off whatever it lies on.
  context.strokeStyle = isHollow ? theme[tone] : theme.paper;
  context.lineWidth = 3;
  context.stroke();
}

function paintDiamond({ x, y, radius, tone }: Diamond, { context, theme }: Brush): void {
  context.beginPath();
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
  context.fillStyle = theme[tone];
  context.fill();
  context.strokeStyle = theme.paper;
  context.lineWidth = 3;
  context.stroke();
}

/** Capitals and hanzi sit in the middle of the box. */
const BASELINE = 0.36;

function paintWords(words: Words, { context, theme, family }: Brush): void {
  const { x, y, height, size } = words;
  context.font = `${size}px ${family}`;
  context.fillStyle = theme[words.tone];
  context.fillText(words.text, x, y + height / 2 + size * BASELINE);
}
