import { describe, expect, test } from 'vitest';
import type { ProtectionPlan } from '../../../src/actions/protection-plan.ts';
import type { Acting } from '../../../src/app/actions/action-desk.ts';
import { createPlanBook } from '../../../src/app/protection/plan-book.ts';
import type { PlanEvent } from '../../../src/app/protection/plan-event.ts';
import { createPlans } from '../../../src/app/protection/run-plans.ts';
import { dec } from '../../../src/domain/decimal.ts';
import { err, ok } from '../../../src/domain/result.ts';
import { asAccountId, asRatio, asUsd } from '../../../src/domain/units.ts';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { judgeDesk } from '../../../src/risk/probability/judge-desk.ts';
import { fakeActionStore } from '../../fakes/fake-store-actions.ts';
import { APPROVER, ladderWorld, TRADER } from '../actions/ladder-world.ts';

const NOTHING = {
  ...{ outlooks: new Map(), fundingAnnual: new Map(), depth: new Map(), simulation: null },
};

/** One plan on the ladder's long: its profit is watched, a quarter is closed. */
function planWorld(changes: Partial<ProtectionPlan> = {}) {
  const world = ladderWorld();
  const facts = new Map<string, string>();
  const told: PlanEvent[] = [];
  let isStopped = false;
  let fails = false;
  let people: readonly Acting[] = [TRADER, APPROVER];
  const plan: ProtectionPlan = {
    ...{ id: 'guard', account: asAccountId('a'), position: world.handle() },
    when: { kind: 'profit-above', value: asRatio(dec('0.1')) },
    act: { kind: 'reduce', share: asRatio(dec('0.25')) },
    caps: { perAct: asUsd(dec(100_000)), perDay: asUsd(dec(100_000)) },
    ...{ cooldownMs: 60_000, until: 1e15, isDryRun: false, agreed: null },
    ...changes,
  };
  const open = () => {
    const actions = world.start({ isStopped: async () => isStopped });
    const plans = createPlans({
      plans: () => [plan],
      book: createPlanBook(
        {
          get: async (name) => ok(facts.get(name) ?? null),
          put: async (name, value) => {
            if (fails) return err({ kind: 'closed' });
            facts.set(name, value);
            return ok(null);
          },
        },
        fakeActionStore(world.shelf),
      ),
      latch: { state: async () => ({ isStopped, by: null, at: null }) },
      actions,
      personNow: (person) => people.find((each) => each.person === person) ?? null,
      announce: async (event) => {
        told.push(event);
      },
      ...{ clock: world.clock, log: { error: () => {}, warn: () => {} } },
    });
    return {
      look: async () => {
        const snapshot = world.snapshot();
        await plans.look(judgeDesk(assessDesk(snapshot), NOTHING), snapshot);
      },
      status: plans.status,
    };
  };
  const mark = (price: string) => {
    const leg = world.a.legs.get(world.leg);
    if (leg) world.a.legs.set(world.leg, { ...leg, markPrice: dec(price) });
  };
  return {
    ...{ ...world, facts, told, open, mark },
    stop: () => {
      isStopped = true;
    },
    breakStore: () => {
      fails = true;
    },
    peopleAre: (next: readonly Acting[]) => {
      people = next;
    },
  };
}

describe('a plan acts by the ladder that people use', () => {
  test('once at a crossing, as itself, on record, and told', async () => {
    const world = planWorld();
    const { look } = world.open();
    await look();
    expect(world.told).toEqual([]);
    world.mark('56000');
    await look();
    await look();
    expect(world.a.sent.map(({ kind }) => kind)).toEqual(['reduce']);
    expect(world.a.legs.get(world.leg)?.contracts.toString()).toBe('0.75');
    expect(world.told).toMatchObject([{ plan: 'guard', outcome: { kind: 'acted' } }]);
    expect(world.row()).toMatchObject({ requestedBy: 'plan:guard', state: 'done' });
    const actors = world.shelf.lines.map(({ entry }) => [entry['what'], entry['actor']]);
    expect(actors).toContainEqual(['consent', 'plan:guard']);
  });

  test('dry: told once, nothing sent', async () => {
    const world = planWorld({ isDryRun: true });
    const { look } = world.open();
    world.mark('56000');
    await look();
    await look();
    expect(world.told).toMatchObject([{ outcome: { kind: 'would' } }]);
    expect(world.a.sent).toEqual([]);
  });

  test('what is large is agreed to in the name of the approver on record', async () => {
    const world = planWorld({
      agreed: { proposedBy: 'ann', approvedBy: 'cat' },
      act: { kind: 'reduce', share: asRatio(dec('0.5')) },
    });
    world.mark('56000');
    await world.open().look();
    expect(world.told).toMatchObject([{ outcome: { kind: 'acted', card: { state: 'done' } } }]);
    const consents = world.shelf.lines.filter(({ entry }) => entry['what'] === 'consent');
    expect(consents.map(({ entry }) => entry['actor'])).toEqual(['plan:guard', 'cat']);
  });

  test('an approver who is none any more has agreed to nothing', async () => {
    const world = planWorld({ agreed: { proposedBy: 'ann', approvedBy: 'cat' } });
    world.peopleAre([TRADER, { ...APPROVER, roles: ['viewer'] }]);
    world.mark('56000');
    await world.open().look();
    expect(world.told).toMatchObject([{ outcome: { kind: 'consent-gone' } }]);
    expect(world.a.sent).toEqual([]);
  });
});

describe('what keeps it from acting', () => {
  test('the latch', async () => {
    const world = planWorld();
    world.stop();
    world.mark('56000');
    const { look, status } = world.open();
    await look();
    expect(world.a.sent).toEqual([]);
    expect(await status()).toMatchObject([{ last: { kind: 'rest', because: 'stopped' } }]);
  });

  test('a store that does not keep what it begins', async () => {
    const world = planWorld();
    world.breakStore();
    world.mark('56000');
    await world.open().look();
    expect(world.a.sent).toEqual([]);
  });
});

test.each([
  { why: 'before the ladder heard of it: it acts at the next start', heard: false, sent: 2 },
  { why: 'after: it was done, whatever its own note says', heard: true, sent: 1 },
])('a program that is lost $why', async ({ heard, sent }) => {
  const world = planWorld();
  world.mark('56000');
  await world.open().look();
  const name = 'plan.guard';
  const ended = JSON.parse(world.facts.get(name) ?? '{}');
  const fresh = { isArmed: true, actedAt: null, day: 0, spentUsd: '0' };
  world.facts.set(name, JSON.stringify({ ...ended, begun: fresh }));
  if (!heard) world.shelf.actions.clear();
  await world.open().look();
  expect(world.a.sent).toHaveLength(sent);
});
