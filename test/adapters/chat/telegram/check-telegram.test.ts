import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkTelegram } from '../../../../src/adapters/chat/telegram/check-telegram.ts';
import { checkRequests, hasBotApi } from '../../../fakes/fake-telegram/check-requests.ts';
import {
  type FakeTelegram,
  startFakeTelegram,
} from '../../../fakes/fake-telegram/start-fake-telegram.ts';
import { roomOf } from '../../../fakes/fake-telegram/world.ts';
import { systemTime } from '../../../fakes/system-time.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  telegram = await startFakeTelegram(systemTime());
});
afterEach(async () => {
  if (hasBotApi) expect(checkRequests(telegram.requests)).toEqual([]);
  await telegram.close();
});

const check = (more: Partial<Parameters<typeof checkTelegram>[0]> = {}) =>
  checkTelegram({ token: telegram.token, apiRoot: telegram.apiRoot, chats: [], ...more });

test.each([
  { why: 'a good token', more: {}, credential: 'fine' },
  { why: 'a refused token', more: { token: '1:x' }, credential: 'refused' },
  { why: 'nobody there', more: { apiRoot: 'http://127.0.0.1:1' }, credential: 'unreachable' },
])('$why', async ({ more, credential }) => {
  expect(await check(more)).toEqual({ credential, chats: [] });
});

const GROUP = { id: -1001, type: 'supergroup', title: 'risk' } as const;
const ALL = ['Send Text Messages', 'Send Photos'];

test.each<{
  why: string;
  prepare: () => void;
  state: string;
  missing?: string[];
  movedTo?: string;
}>([
  { why: 'an open group', prepare: () => telegram.chat(GROUP), state: 'fine' },
  { why: 'a chat that is not there', prepare: () => {}, state: 'gone' },
  {
    why: 'a group that threw the bot out',
    prepare: () => telegram.shut(GROUP, 403, 'Forbidden: bot was kicked from the group chat'),
    state: 'forbidden',
  },
  {
    why: 'a group that the bot has left',
    prepare: () => {
      roomOf(telegram.world, GROUP).member = { status: 'left' };
    },
    state: 'forbidden',
  },
  {
    why: 'a group where nobody may write',
    prepare: () =>
      telegram.chat({
        ...GROUP,
        permissions: { can_send_messages: false, can_send_photos: false },
      }),
    state: 'missing-rights',
    missing: ALL,
  },
  {
    why: 'the same group, where the bot is an admin',
    prepare: () => {
      telegram.chat({ ...GROUP, permissions: { can_send_messages: false } });
      roomOf(telegram.world, GROUP).member = { status: 'administrator' };
    },
    state: 'fine',
  },
  {
    why: 'a group that lets the bot write but send no photos',
    prepare: () => {
      roomOf(telegram.world, GROUP).member = {
        ...{ status: 'restricted', can_send_messages: true, can_send_photos: false },
      };
    },
    state: 'missing-rights',
    missing: ['Send Photos'],
  },
  {
    why: 'a group that became a supergroup',
    prepare: () => telegram.migrate(GROUP, -1002),
    state: 'moved',
    movedTo: '-1002',
  },
])('$why', async ({ prepare, state, missing = [], movedTo = null }) => {
  prepare();
  const { chats } = await check({ chats: ['-1001'] });
  expect(chats).toEqual([{ id: '-1001', state, missing, movedTo }]);
});
