import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { checkRequests, hasBotApi } from '../../../fakes/fake-telegram/check-requests.ts';
import { FAULTS } from '../../../fakes/fake-telegram/faults.ts';
import { type Behaviour, connected, view } from './connected.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function hooked(behaviour: Behaviour = {}) {
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}/hook`;
  const all = await connected({ ...behaviour, webhook: { url, secret: 'open-sesame', listen } });
  return { ...all, url };
}

test('tells Telegram where and with which secret, and hears what comes', async () => {
  const { telegram, gateway, nextEvent } = await hooked();
  expect(gateway.state().kind).toBe('connected');
  expect(telegram.asked('setWebhook')[0]?.fields).toMatchObject({
    secret_token: 'open-sesame',
    drop_pending_updates: true,
    allowed_updates: ['message', 'callback_query', 'my_chat_member'],
  });
  const alice = telegram.person({ id: 7 });
  alice.type('/liq');
  const { answer } = await nextEvent();
  expect(await answer.show(view())).toMatchObject({ kind: 'delivered' });
  expect(telegram.asked('getUpdates')).toEqual([]);
  if (hasBotApi) expect(checkRequests(telegram.requests)).toEqual([]);
});

test('an update that is delivered twice carries the same id', async () => {
  const { telegram, events, nextEvent } = await hooked();
  const update = telegram.person({ id: 7 }).type('/liq');
  await nextEvent();
  expect(await telegram.deliver(update)).toBe(200);
  expect(events.map(({ id }) => id)).toEqual([String(update.update_id), String(update.update_id)]);
});

test.each([
  {
    why: 'the wrong secret',
    secret: 'open-sesamo',
    path: '',
    method: 'POST',
    body: '{}',
    status: 401,
  },
  { why: 'another length', secret: 'open', path: '', method: 'POST', body: '{}', status: 401 },
  { why: 'no secret', secret: null, path: '', method: 'POST', body: '{}', status: 401 },
  {
    why: 'another path',
    secret: 'open-sesame',
    path: '/x',
    method: 'POST',
    body: '{}',
    status: 404,
  },
  { why: 'a browser', secret: 'open-sesame', path: '', method: 'GET', body: null, status: 404 },
  { why: 'no JSON', secret: 'open-sesame', path: '', method: 'POST', body: '{', status: 400 },
])('$why is refused and no event', async ({ secret, path, method, body, status }) => {
  const { url, events } = await hooked();
  const headers = secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret };
  const response = await fetch(url + path, { method, headers, body });
  expect(response.status).toBe(status);
  expect(events).toEqual([]);
});

test('before the bot knows itself Telegram is told to come again, and does', async () => {
  const { telegram, clock, events, url, nextEvent } = await hooked({
    prepare: (fake) => fake.script('getMe', FAULTS.serverError),
  });
  const headers = { 'x-telegram-bot-api-secret-token': 'open-sesame' };
  expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(503);
  await clock.untilAsked(1000);
  await clock.advance(1000);
  await telegram.until(() => telegram.asked('setWebhook').length > 0);
  const update = telegram.person({ id: 7 }).type('/liq');
  await nextEvent();
  expect(events[0]?.id).toBe(String(update.update_id));
});

test('an event that goes wrong is confirmed, or Telegram would send it for ever', async () => {
  const { telegram, logged } = await hooked({
    onEvent: () => {
      throw new Error('a bug');
    },
  });
  const update = telegram.person({ id: 7 }).type('/liq');
  await expect.poll(() => telegram.pending.length, { interval: 1 }).toBe(0);
  expect(await telegram.deliver(update)).toBe(200);
  expect(logged.join()).toContain('telegram update failed');
});

test('a port that is taken is said at once', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listen = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const webhook = { url: `http://${listen}/hook`, secret: 's', listen };
  await expect(connected({ webhook })).rejects.toThrow('EADDRINUSE');
  server.close();
});

test('what is not for its own path goes to whoever else answers at this address', async () => {
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}/hook`;
  const others = (_: unknown, response: ServerResponse) => {
    response.writeHead(200).end('ok');
  };
  await connected({ webhook: { url, secret: 'open-sesame', listen, others } });
  expect((await fetch(`http://${listen}/healthz`)).status).toBe(200);
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
});
