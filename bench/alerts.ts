import type { AlertInstance, Subject } from '../src/alerts/alert.ts';
import { fingerprintOf } from '../src/alerts/fingerprint.ts';
import { resolveSettings } from '../src/alerts/resolve-settings.ts';
import { settingsFor } from '../src/alerts/rule-settings.ts';
import type { Sample } from '../src/alerts/sample.ts';
import { stepInstance } from '../src/alerts/step-instance.ts';
import { dec } from '../src/domain/decimal.ts';
import { seededUnit } from '../src/risk/probability/seeded-unit.ts';
import type { Row } from './row.ts';

const INSTANCES = 5000;
const ROUNDS = 20;
const SCOPE = { account: null, asset: null, books: [] };

/** Values for every instance and round beforehand: figures come ready from the risk engine. */
function samples(): Sample[][] {
  const unit = seededUnit(7);
  const subjects = Array.from({ length: INSTANCES }, (_, index): Subject => {
    return { kind: 'account', venue: 'bybit', account: `desk-${index}` };
  });
  const names = subjects.map((subject) => fingerprintOf('marginUsage', subject));
  return Array.from({ length: ROUNDS }, (_, round) =>
    subjects.map((subject, index): Sample => {
      // A third of them near a threshold, so that all of the machine runs.
      const value = dec((index % 3 === 0 ? 0.68 + unit() * 0.04 : unit() * 0.45).toFixed(6));
      return {
        ...{ fingerprint: names[index] ?? '', rule: 'marginUsage', subject, scope: SCOPE, value },
        ...{ sequence: round, observedAt: round * 1000, values: {}, forMs: {}, facts: {} },
        ...{ presence: 'present', data: 'fresh' },
      };
    }),
  );
}

/** The alert machine over as many alerts as a large desk has, once a second each; beside it the bare comparisons. */
export function benchAlerts(): Row[] {
  const settings = resolveSettings({});
  const rule = settings.ok ? settingsFor(settings.value, 'marginUsage', SCOPE) : null;
  if (rule === null) throw new Error('the default rules do not fit together');
  const rounds = samples();
  const run = () => {
    const instances: (AlertInstance | null)[] = Array.from({ length: INSTANCES }, () => null);
    let told = 0;
    for (const [round, each] of rounds.entries()) {
      const context = { settings: rule, now: round * 1000, staleAfterMs: 30_000, resumed: null };
      for (const [index, sample] of each.entries()) {
        const { next, intents } = stepInstance(instances[index] ?? null, sample, context);
        instances[index] = next;
        told += intents.length;
      }
    }
    return told;
  };
  const bare = () => {
    let over = 0;
    for (const each of rounds) {
      for (const { value } of each) {
        for (const level of Object.values(rule.levels)) if (value?.gte(level.enter)) over += 1;
      }
    }
    return over;
  };
  // The first pass is still being compiled.
  run();
  bare();
  const figure = perSecond(run);
  const baseline = perSecond(bare);
  return [
    {
      name: `alert rules evaluated over ${INSTANCES} alerts, one thread`,
      figure: `${Math.round(figure).toLocaleString('en')} /s`,
      baseline: `${Math.round(baseline).toLocaleString('en')} /s comparing alone`,
      ratio: (figure / baseline).toFixed(2),
    },
  ];
}

function perSecond(run: () => number): number {
  const from = performance.now();
  const result = run();
  if (result === 0) throw new Error('nothing crossed anything: nothing was measured');
  return (INSTANCES * ROUNDS * 1000) / (performance.now() - from);
}
