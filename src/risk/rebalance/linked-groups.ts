import type { TransferEdge } from './solve-transfers.ts';

/** Places of accounts by who is linked to whom, over ways in either direction; each place once, in order. */
export function linkedGroups(
  count: number,
  edges: readonly Pick<TransferEdge, 'from' | 'to'>[],
): readonly (readonly number[])[] {
  const label = Array.from({ length: count }, (_, index) => index);
  for (const { from, to } of edges) {
    const [keep, drop] = [label[from], label[to]];
    if (keep === drop) continue;
    for (const [index, at] of label.entries()) {
      if (at === drop && keep !== undefined) label[index] = keep;
    }
  }
  return [...Map.groupBy(label.keys(), (index) => label[index]).values()];
}
