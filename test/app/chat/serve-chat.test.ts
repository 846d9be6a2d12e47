import { expect, test } from 'vitest';
import { createButtonDesk } from '../../../src/app/chat/button-desk.ts';
import { createServeChat } from '../../../src/app/chat/serve-chat.ts';
import type { ChatRules } from '../../../src/app/chat/who-asks.ts';
import type { CommandSpec } from '../../../src/app/command.ts';
import type { CommandRequest, Outcome } from '../../../src/app/dispatch.ts';
import type { ChartRenderer } from '../../../src/ports/charts.ts';
import type { ChatEvent, ChatIntent, ChatView } from '../../../src/ports/chat.ts';
import type { Reply } from '../../../src/replies/reply.ts';
import { createTranslate } from '../../../src/replies/translate.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const START = 1_700_000_000_000;

const rules: ChatRules = {
  people: [
    { id: 'ann', discord: '1', roles: ['viewer'], locale: 'zh-CN' },
    { id: 'bob', discord: '2', roles: ['viewer'] },
  ],
  discordRoles: {},
  chats: { discord: ['room'], telegram: [] },
  isDemo: false,
  locale: 'en',
};

const liq: CommandSpec = {
  name: 'liq',
  access: 'read',
  options: [{ name: 'asset', type: 'asset' }],
  run: () => Promise.reject(new Error('dispatch is a fake here')),
};

const cell = (text: string) => ({ text, severity: null });

function replyOf(rows: number): Reply {
  return {
    title: 'Liquidation',
    severity: null,
    figures: [{ label: 'Nearest', text: 'BTC', severity: null }],
    tables: [
      {
        caption: null,
        columns: [{ label: 'Id', align: 'left', priority: 1 }],
        rows: Array.from({ length: rows }, (_, i) => [cell(String(i))]),
        empty: '',
      },
    ],
    paragraphs: [],
    notes: [{ text: 'a gap', severity: 'warn' }],
    takenAt: START,
  };
}

function setUp(
  rows = 3,
  dispatchWith?: (request: CommandRequest) => Promise<Outcome>,
  charts: ChartRenderer = { render: async () => null },
) {
  const clock = fakeClock(START);
  const asked: CommandRequest[] = [];
  const said: string[] = [];
  const views: ChatView[] = [];
  const logged: string[] = [];
  let id = 0;
  const serve = createServeChat({
    rules,
    commands: [liq],
    dispatch:
      dispatchWith ??
      (async (request) => {
        asked.push(request);
        return {
          exit: 0,
          command: 'liq',
          answer: { data: {}, reply: replyOf(rows), gaps: [] },
          problem: null,
          takenAt: START,
        };
      }),
    buttons: createButtonDesk(() => String(id++).padStart(22, '0')),
    suggest: () => [],
    charts,
    failureId: () => 'f00d',
    clock,
    log: { error: (event) => logged.push(event), warn: () => {} },
    voices: { en: { say: createTranslate('en') }, 'zh-CN': { say: createTranslate('zh-CN') } },
  });
  let events = 0;
  const send = (
    person: string,
    intent: ChatIntent,
    more: { chat?: string; id?: string; at?: number; isAnonymous?: boolean } = {},
  ) => {
    events += 1;
    const event: ChatEvent = {
      id: more.id ?? String(events),
      at: more.at ?? clock.now(),
      receivedAt: clock.now(),
      place: { network: 'discord', chat: more.chat ?? 'room', topic: null, isPrivate: false },
      person: {
        network: 'discord',
        id: person,
        roleIds: [],
        language: null,
        isAnonymous: more.isAnonymous ?? false,
      },
      intent,
      answer: {
        acknowledge: async () => {
          said.push('ack');
        },
        show: async (view) => {
          said.push('show');
          views.push(view);
          return { kind: 'delivered', messageId: '1' };
        },
        whisper: async (text) => {
          said.push(`whisper ${text}`);
          return { kind: 'delivered', messageId: '1' };
        },
        ask: async ({ label }) => {
          said.push(`ask ${label}`);
          return { kind: 'delivered', messageId: '1' };
        },
      },
    };
    return serve(event);
  };
  const type = (person: string, line: string, more = {}) =>
    send(person, { kind: 'command', line }, more);
  const press = (person: string, token: string, more = {}) =>
    send(person, { kind: 'button', token, value: null }, more);
  return { clock, asked, said, views, logged, type, press };
}

test('a command is acknowledged before anything is read, then shown in the language of the person', async () => {
  const { type, said, asked, views } = setUp();
  await type('1', '/liq BTC');
  expect(said).toEqual(['ack', 'show']);
  expect(asked[0]).toMatchObject({ line: '/liq BTC', locale: 'zh-CN', actor: { person: 'ann' } });
  expect(views[0]?.buttons[0]?.map(({ label }) => label)).toEqual(['刷新']);
});

test('an event delivered twice is answered once', async () => {
  const { type, asked } = setUp();
  await type('1', '/liq', { id: 'x' });
  await type('1', '/liq', { id: 'x' });
  expect(asked).toHaveLength(1);
});

test('a command from before the restart is not executed; exactly a minute old still is', async () => {
  const { type, asked, clock } = setUp();
  await type('1', '/liq', { at: clock.now() - 60_001 });
  expect(asked).toHaveLength(0);
  await type('1', '/liq', { at: clock.now() - 60_000 });
  expect(asked).toHaveLength(1);
});

test('a stranger gets one polite word an hour and nothing else; an anonymous one gets nothing', async () => {
  const { type, said, asked, clock } = setUp();
  for (let i = 0; i < 5; i += 1) await type('9', '/liq');
  await type('8', '/liq', { isAnonymous: true });
  expect(said.filter((word) => word.startsWith('whisper'))).toHaveLength(1);
  await clock.advance(3_600_000);
  await type('9', '/liq');
  expect(said.filter((word) => word.startsWith('whisper'))).toHaveLength(2);
  expect(asked).toEqual([]);
});

test('a served person in a chat that is not named sees no position and is told what to do', async () => {
  const { type, said, asked } = setUp();
  await type('2', '/liq', { chat: 'elsewhere' });
  expect(asked).toEqual([]);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/not named in the desk file.*elsewhere/);
});

test('a slip of the keyboard is answered in private, without an acknowledgement for all to see', async () => {
  const { type, said } = setUp();
  await type('2', '/lik');
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/Did you mean \/liq/);
});

test('long answers are paged by buttons; each works once, for its owner, in its chat', async () => {
  const { type, press, views, said, asked } = setUp(30);
  await type('2', '/liq');
  const next = views[0]?.buttons[0]?.[0];
  expect(next?.label).toBe('Page 2 of 3');
  expect(views[0]?.reply.tables[0]?.rows).toHaveLength(12);
  await press('1', next?.token ?? '');
  await press('2', next?.token ?? '', { chat: 'elsewhere' });
  expect(asked).toHaveLength(1);
  await press('2', next?.token ?? '');
  expect(asked).toHaveLength(2);
  expect(views[1]?.reply.tables[0]?.rows[0]?.[0]?.text).toBe('12');
  expect(views[1]?.reply.notes).toHaveLength(1);
  await press('2', next?.token ?? '');
  await press('2', 'v1.forged');
  expect(asked).toHaveLength(2);
  expect(said.filter((word) => /used up or expired/.test(word))).toHaveLength(2);
  expect(said.filter((word) => /属于他人/.test(word))).toHaveLength(1);
});

test('a bug in a command ends in a logged event, not in a dead program', async () => {
  const { type, logged } = setUp(1, () => Promise.reject(new Error('bug')));
  await type('2', '/liq');
  expect(logged).toEqual(['chat event failed']);
});

test.each([
  {
    why: 'the answer itself',
    ...{ dispatch: () => Promise.reject(new Error('a bug')), render: async () => null },
  },
  {
    why: 'the picture of an answer',
    dispatch: async (): Promise<Outcome> => {
      const chart = { kind: 'bars', title: '', empty: '', rows: [], marks: [] } as const;
      const reply = { ...replyOf(1), chart };
      const answer = { data: {}, reply, gaps: [] };
      return { exit: 0, command: 'liq', answer, problem: null, takenAt: START };
    },
    render: () => Promise.reject(new Error('a bug')),
  },
])('who was acknowledged is told when $why breaks', async ({ dispatch, render }) => {
  const { type, said, logged } = setUp(1, dispatch, { render });
  await type('2', '/liq');
  expect(said[0]).toBe('ack');
  expect(said.slice(1)).toEqual([expect.stringMatching(/^whisper .*f00d$/)]);
  expect(logged).toEqual(['chat event failed']);
});
