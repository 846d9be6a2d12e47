import { afterEach, expect, test } from 'vitest';
import type { ChatPush } from '../../../../src/ports/chat.ts';
import {
  createRequestValidator,
  hasDiscordSpec,
} from '../../../fakes/fake-discord/validate-requests.ts';
import { openDiscord, placeOf, REPLY, type TestWorld, viewOf } from './discord-world.ts';

let world: TestWorld;
afterEach(async () => {
  const pushed = world.fake.world.requests.filter(({ path }) => path.startsWith('/channels/'));
  if (hasDiscordSpec) expect(createRequestValidator()(pushed).problems).toEqual([]);
  await world.close();
});

const pushOf = (change: Partial<ChatPush> = {}): ChatPush => ({
  view: viewOf(),
  key: 'k4tz 1700000000000 room send 1',
  edits: null,
  repliesTo: null,
  isSilent: false,
  ...change,
});

async function open() {
  world = await openDiscord();
  const { fake, gateway } = world;
  const channel = fake.channel();
  const push = (change?: Partial<ChatPush>) => gateway.push(placeOf(channel), pushOf(change));
  const bodies = () =>
    fake.world.requests
      .filter(({ path }) => path === `/channels/${channel}/messages`)
      .map(({ body }) => body as Record<string, unknown>);
  return { fake, channel, push, bodies };
}

test('the same key twice is one message, with a nonce that Discord enforces', async () => {
  const { fake, channel, push, bodies } = await open();
  const first = await push();
  expect(await push()).toEqual(first);
  expect(fake.shown(channel)).toHaveLength(1);
  const [body] = bodies();
  expect(body).toMatchObject({ enforce_nonce: true });
  expect(String(body?.['nonce']).length).toBeLessThanOrEqual(25);
  expect(body?.['flags']).toBe(undefined);
});

test('the answer was lost: the next attempt finds the first message', async () => {
  const { fake, channel, push } = await open();
  fake.fault({ kind: 'reset', on: `POST /channels/${channel}`, afterwards: true });
  expect(await push()).toEqual({ kind: 'unknown' });
  expect((await push()).kind).toBe('delivered');
  expect(fake.shown(channel)).toHaveLength(1);
});

test('delivered and deleted before the repeat: it counts as delivered', async () => {
  const { fake, channel, push } = await open();
  await push();
  for (const message of fake.world.messages) message.isDeleted = true;
  const again = await push();
  expect(again.kind).toBe('delivered');
  expect(fake.shown(channel)).toEqual([]);
  const edited = await push({ edits: again.kind === 'delivered' ? again.messageId : null });
  expect(edited).toEqual({ kind: 'dead', reason: 'gone' });
});

test('an edit changes the message, a reply stands below it, silent ones suppress the push', async () => {
  const { fake, channel, push, bodies } = await open();
  const sent = await push();
  const id = sent.kind === 'delivered' ? sent.messageId : '';
  const worse = viewOf({ reply: { ...REPLY, title: 'Over: quant-a' } });
  expect(await push({ edits: id, view: worse })).toEqual(sent);
  expect(fake.shown(channel)[0]?.content).toContain('Over: quant-a');
  await push({ key: 'other', repliesTo: id, isSilent: true });
  expect(bodies().at(-1)).toMatchObject({
    flags: 4096,
    message_reference: { message_id: id, fail_if_not_exists: false },
  });
});

test('a message that is gone cannot be edited, and the caller hears it', async () => {
  const { push } = await open();
  expect(await push({ edits: '123456789012345678' })).toEqual({ kind: 'dead', reason: 'gone' });
});

test.each(['fractional', 'missing'] as const)(
  'a pause (%s header) is the caller’s to keep: one request, never early',
  async (header) => {
    const { fake, channel, push, bodies } = await open();
    const on = `POST /channels/${channel}`;
    fake.fault({ kind: 'rate-limit', on, seconds: 4.376, scope: 'user', header });
    const paused = await push();
    expect(paused).toMatchObject({ kind: 'retry', scope: 'chat' });
    // The library adds its own margin; never early is what counts.
    expect(paused.kind === 'retry' && paused.retryAfterMs).toBeGreaterThanOrEqual(4376);
    expect(paused.kind === 'retry' && paused.retryAfterMs).toBeLessThanOrEqual(4500);
    // Until it is over nothing goes out, and nobody is kept waiting.
    const still = await push();
    expect(still.kind).toBe('retry');
    expect(bodies()).toHaveLength(1);
  },
);
