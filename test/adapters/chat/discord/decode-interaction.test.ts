import type { APIInteraction } from 'discord.js';
import { ChannelType } from 'discord.js';
import { expect, test } from 'vitest';
import { decodeInteraction } from '../../../../src/adapters/chat/discord/decode-interaction.ts';

const asked = (channel: object) =>
  decodeInteraction({
    ...{ id: '1400000000000000000', application_id: '1', token: 't', version: 1, type: 2 },
    ...{ guild_id: '7', locale: 'en-US', member: { user: { id: '80' }, roles: [] } },
    data: { id: '5', name: 'liq', type: 1 },
    channel: { id: '42', ...channel },
  } as unknown as APIInteraction)?.place;

test.each([
  { why: 'a thread names its channel', type: ChannelType.PublicThread, threadOf: '41' },
  { why: 'a private one too', type: ChannelType.PrivateThread, threadOf: '41' },
  { why: 'and one below news', type: ChannelType.AnnouncementThread, threadOf: '41' },
  { why: 'above a channel is only its category', type: ChannelType.GuildText },
])('$why', ({ type, threadOf }) => {
  const place = { network: 'discord', chat: '42', topic: null, isPrivate: false };
  expect(asked({ type, parent_id: '41' })).toEqual(threadOf ? { ...place, threadOf } : place);
  expect(asked({ type })).toEqual(place);
});
