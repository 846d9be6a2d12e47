import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { createSendLanes } from '../../../../src/app/chat/send-lanes.ts';
import type { ChatEvent, SendOutcome } from '../../../../src/ports/chat.ts';
import type { Clock } from '../../../../src/ports/clock.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import type { Fault } from '../../../fakes/fake-discord/fault.ts';
import { startFakeDiscord } from '../../../fakes/fake-discord/start-fake-discord.ts';
import { openDiscord, placeOf, type TestWorld, viewOf } from './discord-world.ts';

let world: TestWorld;
const unhandled: unknown[] = [];
const note = (cause: unknown) => unhandled.push(cause);
process.on('unhandledRejection', note);

afterEach(async () => {
  await world.close();
  // Whatever went wrong: a client that writes into a pause is banned by Discord in the end.
  expect(world.fake.world.requests.filter(({ isInsideBan }) => isInsideBan)).toEqual([]);
  expect(unhandled.splice(0)).toEqual([]);
});

async function open(onEvent: (event: ChatEvent) => Promise<unknown> = async () => {}, more = {}) {
  world = await openDiscord({
    onEvent: async (event) => {
      await onEvent(event);
    },
    ...more,
  });
  const { fake } = world;
  await fake.world.until('commands', () => fake.world.commands.length > 0);
  const channel = fake.channel();
  return { fake, channel, user: fake.user({ channel }) };
}

async function answerPublicly({ answer }: ChatEvent): Promise<SendOutcome> {
  await answer.acknowledge('public');
  return answer.show(viewOf());
}

/** Waits of seconds are cut short; the patience of the start is not. */
const briefly: Clock['after'] = (ms, signal) => systemClock.after(ms > 10_000 ? ms : 10, signal);
/** Lanes for which a wait is a leap: nothing here is about how long they wait. */
function leapingLanes() {
  let leapt = 0;
  const leap = async (ms: number) => {
    leapt += ms;
  };
  return { lanes: createSendLanes({ now: () => Date.now() + leapt, after: leap }) };
}

const CALLBACK = 'POST /interactions/';
const EDIT = 'PATCH /webhooks/';
const SEND = 'POST /channels/';

describe('the first answer to an interaction', () => {
  const lost: readonly (Fault & { readonly why: string })[] = [
    { why: 'arrived, but its answer got lost', on: CALLBACK, kind: 'reset', afterwards: true },
    { why: 'never arrived', on: CALLBACK, kind: 'reset' },
    { why: 'met an error of the platform', on: CALLBACK, kind: 'status', status: 502 },
    {
      why: 'arrived, but the platform said error',
      on: CALLBACK,
      kind: 'status',
      status: 500,
      afterwards: true,
    },
    { why: 'hung', on: CALLBACK, kind: 'hang' },
    { why: 'hung after it arrived', on: CALLBACK, kind: 'hang', afterwards: true },
    {
      why: 'was paused for a moment',
      on: CALLBACK,
      kind: 'rate-limit',
      seconds: 0.2,
      scope: 'user',
      header: 'fractional',
    },
  ];
  test.each(lost)(
    '$why: it is sent again, and the answer shows once',
    async ({ why: _, ...fault }) => {
      const { fake, channel, user } = await open(answerPublicly);
      fake.fault(fault);
      const message = await user.slash('help').reply();
      expect(message.content).toContain('Liquidation');
      expect(fake.shown(channel)).toHaveLength(1);
    },
  );

  test('that comes too late leaves an ordinary message to answer with', async () => {
    const clock = fakeClock(Date.now());
    const { fake, channel, user } = await open(
      async (event) => {
        await clock.advance(3100);
        await answerPublicly(event);
      },
      { clock, fakeClock: clock },
    );
    user.slash('help');
    await fake.world.until('a message', () => fake.shown(channel).length === 1);
    expect(fake.world.requests.find(({ path }) => path.endsWith('/callback'))?.status).toBe(404);
  });

  test('that another process gave is left to it', async () => {
    let outcome: SendOutcome | null = null;
    const { fake, channel, user } = await open(async (event) => {
      outcome = await answerPublicly(event);
    });
    fake.fault({ on: CALLBACK, kind: 'status', status: 400, code: 40_060 });
    user.slash('help');
    await vi.waitUntil(() => outcome);
    expect(outcome).toEqual({ kind: 'dead', reason: 'refused' });
    expect(fake.shown(channel)).toEqual([]);
  });

  test('is not held up by a pause of messages', async () => {
    const { fake, channel, user } = await open(answerPublicly);
    fake.fault({ on: SEND, kind: 'rate-limit', seconds: 1, scope: 'global', header: 'whole' });
    const sent = world.gateway.send(placeOf(channel), viewOf(), 'a');
    await fake.world.until('the pause', () => fake.world.requests.at(-1)?.status === 429);
    const { afterMs } = await user.slash('help').acknowledged();
    expect(afterMs).toBeLessThan(500);
    expect(await sent).toMatchObject({ kind: 'delivered' });
  });
});

describe('the edit that shows the answer', () => {
  const faults: readonly (Fault & { readonly why: string })[] = [
    {
      why: 'a pause',
      on: EDIT,
      kind: 'rate-limit',
      seconds: 0.3,
      scope: 'user',
      header: 'fractional',
    },
    {
      why: 'a pause only told in the body',
      on: EDIT,
      kind: 'rate-limit',
      seconds: 0.3,
      scope: 'user',
      header: 'missing',
    },
    { why: 'an error of the platform', on: EDIT, kind: 'status', status: 503 },
    { why: 'a reset', on: EDIT, kind: 'reset', afterwards: true },
  ];
  test.each(faults)('$why', async ({ why: _, ...fault }) => {
    const { fake, channel, user } = await open(answerPublicly);
    fake.fault(fault);
    await user.slash('help').reply();
    expect(fake.shown(channel)).toHaveLength(1);
  });

  test('a token that is over (50027) gives way to an ordinary message', async () => {
    const { fake, channel, user } = await open(answerPublicly);
    fake.fault({ on: EDIT, kind: 'status', status: 401, code: 50_027 });
    user.slash('help');
    await fake.world.until('a message', () =>
      fake.shown(channel).some(({ content }) => content.includes('Liquidation')),
    );
    expect(world.gateway.state().kind).toBe('connected');
  });

  test('an answer that somebody deleted stays deleted', async () => {
    let outcome: SendOutcome | null = null;
    const { fake, user } = await open(async (event) => {
      outcome = await answerPublicly(event);
    });
    fake.fault({ on: EDIT, kind: 'status', status: 404, code: 10_008 });
    user.slash('help');
    await vi.waitUntil(() => outcome);
    expect(outcome).toEqual({ kind: 'dead', reason: 'gone' });
  });
});

describe('a message', () => {
  const pauses = [
    { scope: 'user', header: 'whole', seconds: 1 },
    { scope: 'user', header: 'fractional', seconds: 0.2 },
    { scope: 'user', header: 'missing', seconds: 0.2 },
    { scope: 'shared', header: 'fractional', seconds: 0.2 },
    { scope: 'global', header: 'fractional', seconds: 0.2 },
    { scope: 'global', header: 'missing', seconds: 0.2 },
  ] as const;
  test.each(pauses)('waits out a $scope pause, header $header, and arrives once', async (pause) => {
    const { fake, channel } = await open();
    const times = pause.header === 'whole' ? 1 : 2;
    fake.fault({ on: SEND, kind: 'rate-limit', times, ...pause });
    const outcomes = await Promise.all([
      world.gateway.send(placeOf(channel), viewOf(), 'a'),
      world.gateway.send(placeOf(channel), viewOf(), 'b'),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['delivered', 'delivered']);
    expect(fake.shown(channel)).toHaveLength(2);
  });

  const unsure: readonly (Fault & { readonly why: string })[] = [
    { why: 'an error before it was taken', on: SEND, kind: 'status', status: 500 },
    { why: 'an error after it was taken', on: SEND, kind: 'status', status: 502, afterwards: true },
    { why: 'a reset after it was taken', on: SEND, kind: 'reset', afterwards: true },
  ];
  test.each(unsure)(
    '$why: sent again with its nonce, it shows once',
    async ({ why: _, ...fault }) => {
      const { fake, channel } = await open();
      fake.fault(fault);
      const outcome = await world.gateway.send(placeOf(channel), viewOf(), 'a');
      expect(outcome.kind).toBe('delivered');
      expect(fake.shown(channel)).toHaveLength(1);
      expect(fake.world.requests.filter(({ path }) => path.endsWith('/messages'))).toHaveLength(2);
    },
  );

  test('that hangs is given up and sent again', async () => {
    const { fake, channel } = await open(undefined, leapingLanes());
    fake.fault({ on: SEND, kind: 'hang', afterwards: true });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const sent = world.gateway.send(placeOf(channel), viewOf(), 'a');
    await fake.world.until('the hang', () => fake.world.requests.at(-1)?.status === 'hang');
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    expect((await sent).kind).toBe('delivered');
    expect(fake.shown(channel)).toHaveLength(1);
  });

  const dead = [
    { fate: 'no-access', reason: 'forbidden' },
    { fate: 'no-permission', reason: 'forbidden' },
    { fate: 'deleted', reason: 'gone' },
  ] as const;
  test.each(dead)('to a channel with $fate is dead: $reason', async ({ fate, reason }) => {
    const { fake, channel } = await open();
    fake.fate(channel, fate);
    const outcome = await world.gateway.send(placeOf(channel), viewOf(), 'a');
    expect(outcome).toEqual({ kind: 'dead', reason });
    expect(world.gateway.state().kind).toBe('connected');
  });
});

describe('a refused token', () => {
  test('on a message: a loud state, and not one request more', async () => {
    const { fake, channel } = await open();
    fake.refuseToken();
    const first = await world.gateway.send(placeOf(channel), viewOf(), 'a');
    const count = fake.world.requests.length;
    const second = await world.gateway.send(placeOf(channel), viewOf(), 'b');
    expect([first, second]).toEqual(
      [1, 2].map(() => ({ kind: 'dead', reason: 'credential-lost' })),
    );
    expect(fake.world.requests).toHaveLength(count);
    expect(world.gateway.state().kind).toBe('credential-lost');
    expect(world.logged.filter((line) => line.includes('refused the token'))).toHaveLength(1);
    await fake.world.until('goodbye', () => !fake.gateway.isConnected);
  });

  test.each(['REST', 'gateway'])('at the start, by the %s', async (by) => {
    const fake = await startFakeDiscord();
    if (by === 'REST') fake.refuseToken();
    world = await openDiscord({ fake, ...(by === 'REST' ? {} : { token: 'another' }) });
    expect(world.gateway.state()).toEqual({ kind: 'credential-lost', lastSuccessAt: null });
  });

  test('by the gateway, later (4004)', async () => {
    const { fake } = await open();
    fake.gateway.closeWith(4004);
    await vi.waitUntil(() => world.gateway.state().kind === 'credential-lost');
  });
});

describe('the gateway', () => {
  test.each([
    { why: 'asks to reconnect', act: 'askToReconnect', resumes: 1, identifies: 1 },
    { why: 'drops the line', act: 'drop', resumes: 1, identifies: 1 },
    { why: 'closes with an error that passes', act: 'close', resumes: 1, identifies: 1 },
    { why: 'forgets the session', act: 'forget', resumes: 0, identifies: 2 },
  ])('$why: commands are served again', async ({ act, resumes, identifies }) => {
    const { fake, user } = await open(answerPublicly);
    const { gateway } = fake;
    if (act === 'askToReconnect') gateway.askToReconnect();
    if (act === 'drop') gateway.drop();
    if (act === 'close') gateway.closeWith(4000);
    if (act === 'forget') gateway.invalidateSession(false);
    await fake.world.until(
      'the return',
      () => gateway.counts.resumes === resumes && gateway.counts.identifies === identifies,
    );
    await user.slash('help').reply();
    expect(world.gateway.state().kind).toBe('connected');
  });

  test('what happened while the line was down is served after it', async () => {
    const { fake, user } = await open(answerPublicly);
    fake.gateway.drop();
    await fake.world.until('silence', () => !fake.gateway.isConnected);
    await user.slash('help').reply();
    expect(fake.gateway.counts.resumes).toBe(1);
  });

  test('that stops answering heartbeats is left for a new line', async () => {
    const { fake, user } = await open(answerPublicly, { heartbeatMs: 150 });
    fake.gateway.isDeaf = true;
    await fake.world.until('the return', () => fake.gateway.counts.resumes > 0);
    fake.gateway.isDeaf = false;
    await user.slash('help').reply();
  });

  test('that is down at the start is tried again until it is there', async () => {
    const fake = await startFakeDiscord();
    fake.fault({ on: 'GET /gateway/bot', kind: 'status', status: 503, times: 2 });
    world = await openDiscord({ fake, clock: { ...systemClock, after: briefly } });
    expect(world.gateway.state().kind).toBe('connecting');
    await vi.waitUntil(() => world.gateway.state().kind === 'connected');
  });
});

describe('our own faults', () => {
  test('neither a failing use case nor an odd event ends anything', async () => {
    let isFirst = true;
    const { fake, channel, user } = await open(async (event) => {
      if (!isFirst) return answerPublicly(event);
      isFirst = false;
      throw new Error('boom');
    });
    user.slash('help');
    const odd = [
      {},
      { type: 2 },
      { id: 'x', token: 'y', type: 2, data: null, channel_id: channel },
      { id: '1', token: 'y', type: 3, channel: { id: channel, type: 11, thread_metadata: null } },
      { id: '1', token: 'y', type: 99, user: { id: '1' } },
    ];
    for (const body of odd) fake.gateway.dispatch('INTERACTION_CREATE', body);
    await user.slash('help').reply();
    expect(world.logged.some((line) => line.startsWith('discord event failed'))).toBe(true);
  });
});
