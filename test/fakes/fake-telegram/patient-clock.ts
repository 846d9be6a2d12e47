import { type FakeClock, fakeClock } from '../fake-clock.ts';

/** A clock that tells when somebody began to wait, so that time never passes too early in a test. */
export interface PatientClock extends FakeClock {
  /** Resolves once somebody waits for exactly `ms`, or already has since the last call for it. */
  untilAsked(ms: number): Promise<void>;
}

export function patientClock(): PatientClock {
  const clock = fakeClock();
  const asked: number[] = [];
  const watchers = new Set<() => void>();
  return {
    ...clock,
    after: (ms, signal) => {
      const waited = clock.after(ms, signal);
      asked.push(ms);
      for (const look of watchers) look();
      return waited;
    },
    untilAsked: (ms) =>
      new Promise((resolve) => {
        const look = () => {
          const index = asked.indexOf(ms);
          if (index < 0) return;
          asked.splice(index, 1);
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}
