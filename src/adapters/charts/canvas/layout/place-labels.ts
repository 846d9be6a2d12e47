export interface WantedLabel {
  readonly center: number;
  readonly width: number;
  /** The lowest is placed first. */
  readonly priority: number;
}

export interface PlacedLabel {
  /** Which of the wanted ones. */
  readonly index: number;
  readonly left: number;
}

export interface LabelRoom {
  readonly from: number;
  readonly to: number;
  readonly gap: number;
  /** How far a label may be moved off its place before it is left out instead. */
  readonly maxShift: number;
}

/** Labels along a line, none touching another and none outside; the less important give way. */
export function placeLabels(wanted: readonly WantedLabel[], room: LabelRoom): PlacedLabel[] {
  const order = wanted.map((label, index) => ({ ...label, index }));
  order.sort((a, b) => a.priority - b.priority || a.index - b.index);
  const taken: Span[] = [];
  const placed: PlacedLabel[] = [];
  for (const { center, width, index } of order) {
    const left = nearestFree({ left: center - width / 2, width }, taken, room);
    if (left === null) continue;
    taken.push({ left, width });
    placed.push({ index, left });
  }
  return placed;
}

interface Span {
  readonly left: number;
  readonly width: number;
}

function nearestFree(wish: Span, taken: readonly Span[], room: LabelRoom): number | null {
  const last = room.to - wish.width;
  if (last < room.from) return null;
  const home = Math.min(Math.max(wish.left, room.from), last);
  const beside = taken.flatMap(({ left, width }) => [
    left - room.gap - wish.width,
    left + width + room.gap,
  ]);
  const free = [home, ...beside].filter(
    (left) =>
      left >= room.from &&
      left <= last &&
      Math.abs(left - home) <= room.maxShift &&
      taken.every((span) => isApart({ left, width: wish.width }, span, room.gap)),
  );
  free.sort((a, b) => Math.abs(a - home) - Math.abs(b - home));
  return free[0] ?? null;
}

/** A hair of tolerance: a place beside a label is computed from that label. */
function isApart(a: Span, b: Span, gap: number): boolean {
  const slack = gap - 1e-6;
  return a.left + a.width + slack <= b.left || b.left + b.width + slack <= a.left;
}
