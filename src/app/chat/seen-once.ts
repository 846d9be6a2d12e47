/** Remembers keys for a time, in a bounded space: the oldest are forgotten first. */
export interface SeenOnce {
  /** True the first time a key is seen within the time. */
  isFirst(key: string, now: number): boolean;
}

export function createSeenOnce(limits: {
  readonly forMs: number;
  readonly most: number;
}): SeenOnce {
  const seenAt = new Map<string, number>();
  return {
    isFirst(key, now) {
      for (const [old, at] of seenAt) {
        if (now - at < limits.forMs && seenAt.size < limits.most) break;
        seenAt.delete(old);
      }
      const at = seenAt.get(key);
      if (at !== undefined && now - at < limits.forMs) return false;
      // Set anew at the end: the map's order is the order of age.
      seenAt.delete(key);
      seenAt.set(key, now);
      return true;
    },
  };
}
