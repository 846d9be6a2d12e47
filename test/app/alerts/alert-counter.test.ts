import { expect, test } from 'vitest';
import { ack } from '../../../commands/ack.ts';
import { alerts } from '../../../commands/alerts.ts';
import { silence } from '../../../commands/silence.ts';
import { snooze } from '../../../commands/snooze.ts';
import { alertCounter } from '../../../src/app/alerts/alert-counter.ts';
import { pressAlert } from '../../../src/app/alerts/press-alert.ts';
import type { Actor, CommandContext, CommandSpec, Options } from '../../../src/app/command.ts';
import { createFormatter } from '../../../src/replies/format.ts';
import { createTranslate } from '../../../src/replies/translate.ts';
import { alertWorld, intentOf, type World } from './alert-world.ts';

const voice = { say: createTranslate('en'), format: createFormatter('en', 'UTC') };
const personOf = (change: Partial<Actor> = {}): Actor => ({
  person: 'lee',
  roles: ['trader'],
  accounts: null,
  network: 'telegram',
  ...change,
});

function ask(world: World, command: CommandSpec, options: Options = {}, actor = personOf()) {
  const { clock } = world;
  // Only what these commands look at: the rest of a context is other commands'.
  const context = {
    ...voice,
    actor,
    now: clock.now(),
    alerts: alertCounter(world.desk, { actor, clock }),
  };
  return command.run(context as unknown as CommandContext, options);
}

async function withTwo() {
  const world = await alertWorld();
  await world.take(
    intentOf({ account: 'a', level: 'CRIT' }),
    intentOf({ account: 'b', level: 'WARN' }),
  );
  await world.pass(6000);
  world.drain();
  const [first, second] = world.desk.open();
  return { world, a: first?.id ?? '', b: second?.id ?? '' };
}

test('/alerts lists what fires, worst first, and who has it in hand', async () => {
  const { world, a, b } = await withTwo();
  await ask(world, ack, { id: a });
  const answer = await ask(world, alerts);
  expect(answer.ok && answer.value.data).toEqual({
    alerts: [
      {
        ...{
          id: a,
          rule: 'marginUsage',
          subject: 'a',
          level: 'CRIT',
          state: 'acked',
          value: '0.72',
        },
        ...{ threshold: '0.7', since: '2023-11-14T22:13:20.000Z', ackedBy: 'lee', dataAge: 7000 },
      },
      {
        ...{
          id: b,
          rule: 'marginUsage',
          subject: 'b',
          level: 'WARN',
          state: 'firing',
          value: '0.72',
        },
        ...{ threshold: '0.7', since: '2023-11-14T22:13:20.000Z', ackedBy: null, dataAge: 7000 },
      },
    ],
  });
});

test('somebody limited to some accounts neither sees nor touches the others', async () => {
  const { world, a } = await withTwo();
  const limited = personOf({ accounts: ['b'] });
  const answer = await ask(world, alerts, {}, limited);
  expect(answer.ok && (answer.value.data['alerts'] as unknown[]).length).toBe(1);
  const refused = await ask(world, ack, { id: a }, limited);
  expect(!refused.ok && refused.error.text).toBe(`No alert ${a}. /alerts lists those that fire.`);
});

test.each([
  { options: { for: '2h' }, until: 2 * 3_600_000, why: 'as long as one says' },
  { options: {}, until: 30 * 60_000, why: 'the usual time of CRIT' },
  { options: { for: '9h' }, until: 4 * 3_600_000, why: 'the most there is for CRIT' },
])('/ack $why', async ({ options, until }) => {
  const { world, a } = await withTwo();
  const answer = await ask(world, ack, { id: a.toUpperCase(), ...options });
  expect(answer.ok && answer.value.data['until']).toBe(
    new Date(world.clock.now() + until).toISOString(),
  );
});

test('/snooze refuses what is no time, and says who was first', async () => {
  const { world, a } = await withTwo();
  const bad = await ask(world, snooze, { id: a, for: 'soon' });
  expect(!bad.ok && bad.error.text).toBe('soon is no time: say 30m, 2h or 1d.');
  await ask(world, snooze, { id: a, for: '1h' });
  const again = await ask(world, snooze, { id: a }, personOf({ person: 'kim' }));
  expect(!again.ok && again.error.text).toMatch(/^.{4,} is taken already: lee, until/);
});

test('/silence needs an end, two people for an emergency, and can be ended', async () => {
  const world = await alertWorld();
  const admin = personOf({ person: 'ops', roles: ['admin'] });
  const endless = await ask(world, silence, { account: 'a' }, admin);
  expect(!endless.ok && endless.error.text).toBe('A silence needs an end, such as for=2h.');
  const made = await ask(world, silence, { account: 'a', level: 'EMERG', for: '1h' }, admin);
  const id = made.ok ? String(made.value.data['id']) : '';
  expect(made.ok && made.value.reply.notes[0]?.text).toContain(`/silence agree=${id}`);
  const same = await ask(world, silence, { agree: id }, admin);
  expect(!same.ok && same.error.text).toBe('The second person has to be another one.');
  const other = await ask(
    world,
    silence,
    { agree: id },
    personOf({ person: 'second', roles: ['admin'] }),
  );
  expect(other.ok).toBe(true);
  const ended = await ask(world, silence, { end: id }, admin);
  expect(ended.ok).toBe(true);
  expect(world.desk.silences()).toEqual([]);
  const odd = await ask(world, silence, { level: 'LOUD', for: '1h' }, admin);
  expect(!odd.ok && odd.error.text).toBe('No level LOUD: INFO, WARN, CRIT or EMERG.');
});

test('a button under an alert: for traders, once, in words for the one who pressed', async () => {
  const { world, a } = await withTwo();
  const tokens = world.desk.incident(a)?.tokens;
  const press = (token: string, actor: Actor) =>
    pressAlert(world.desk, { token, actor, clock: world.clock }, voice);
  expect(await press('v1.somebody-elses', personOf())).toBe(null);
  expect(await press(tokens?.ack ?? '', personOf({ roles: ['viewer'] }))).toBe(
    'Taking alerts in hand needs the role of a trader.',
  );
  expect(await press(tokens?.details ?? '', personOf({ roles: ['viewer'] }))).toBe(
    `${a}\na: margin usage 72.0% / 70.0%, 22:13:20 UTC`,
  );
  expect(await press(tokens?.ack ?? '', personOf())).toMatch(/is in your hand until/);
  expect(await press(tokens?.ack ?? '', personOf({ person: 'kim' }))).toMatch(/taken already: lee/);
});
