/** A process that is lost at the n-th call that leaves it: before it has done anything, or before it is answered. */
export interface Dying {
  /** Around what the process calls: its store, its writers. */
  wrap<T extends object>(of: T): T;
  readonly died: Promise<'died'>;
  calls(): number;
}

export function dying(at: number, when: 'before' | 'after'): Dying {
  let calls = 0;
  let die = () => {};
  const died = new Promise<'died'>((resolve) => {
    die = () => resolve('died');
  });
  const never = new Promise<never>(() => {});
  const wrap = <T extends object>(of: T): T =>
    new Proxy(of, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value === 'object' && value !== null) return wrap(value);
        if (typeof value !== 'function' || key === 'reaches') return value;
        return async (...words: unknown[]) => {
          calls += 1;
          const isLast = calls === at;
          if (calls > at) return never;
          if (isLast && when === 'before') {
            die();
            return never;
          }
          const answer: unknown = await Reflect.apply(value, target, words);
          if (!isLast) return answer;
          die();
          return never;
        };
      },
    });
  return { wrap, died, calls: () => calls };
}
