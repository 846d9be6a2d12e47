/** How often something came to which outcome, since the start. */
export interface Counts {
  add(of: string, outcome: string): void;
  all(): readonly { readonly of: string; readonly outcome: string; readonly count: number }[];
}

export function createCounts(): Counts {
  const counts = new Map<string, Map<string, number>>();
  return {
    add: (of, outcome) => {
      const own = counts.get(of) ?? new Map<string, number>();
      own.set(outcome, (own.get(outcome) ?? 0) + 1);
      counts.set(of, own);
    },
    all: () =>
      [...counts].flatMap(([of, own]) =>
        [...own].map(([outcome, count]) => ({ of, outcome, count })),
      ),
  };
}
