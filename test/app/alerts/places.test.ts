import { expect, test } from 'vitest';
import { chatDestination } from '../../../src/app/alerts/chat-destination.ts';
import { runAlertDesk } from '../../../src/app/alerts/run-alert-desk.ts';
import { terminalDestination } from '../../../src/app/alerts/terminal-destination.ts';
import type { ChatGateway, ChatPlace, ChatPush } from '../../../src/ports/chat.ts';
import type { DestinationMessage } from '../../../src/ports/destination.ts';
import { createFormatter } from '../../../src/replies/format.ts';
import { createTranslate, type Locale } from '../../../src/replies/translate.ts';
import { alertWorld, intentOf } from './alert-world.ts';

async function aMessage(): Promise<DestinationMessage> {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'CRIT' }));
  const [arrived] = world.drain();
  if (arrived === undefined) throw new Error('nothing arrived');
  return arrived.message;
}

test('a chat destination pushes into its topic, or where the group moved to', async () => {
  const pushed: [ChatPlace, ChatPush][] = [];
  const gateway = {
    push: async (place: ChatPlace, push: ChatPush) => {
      pushed.push([place, push]);
      return { kind: 'delivered', messageId: '7' } as const;
    },
  } as unknown as ChatGateway;
  const place = { id: 'night', network: 'telegram', chat: '-100', topic: '12' } as const;
  const message = await aMessage();
  await chatDestination(place, () => gateway).send(message);
  await chatDestination(place, () => gateway).send({ ...message, chat: '-200' });
  expect(pushed.map(([to]) => `${to.chat} ${to.topic}`)).toEqual(['-100 12', '-200 12']);
  expect(pushed[0]?.[1]).toMatchObject({ key: message.key, edits: null, isSilent: false });
});

test('a chat that is not connected yet is a pause, not a loss', async () => {
  const place = { id: 'night', network: 'discord', chat: '1', topic: null } as const;
  const outcome = await chatDestination(place, () => undefined).send(await aMessage());
  expect(outcome).toEqual({ kind: 'retry', retryAfterMs: 2000, scope: 'network' });
});

test('the terminal prints an alert as the text of its reply', async () => {
  const printed: string[] = [];
  const voice = { say: createTranslate('en'), format: createFormatter('en', 'UTC') };
  const terminal = terminalDestination('terminal', {
    ...voice,
    width: () => 80,
    print: (text) => printed.push(text),
  });
  await terminal.send(await aMessage());
  expect(printed.join('\n')).toMatchInlineSnapshot(`
    "!! Critical: quant-a · margin usage 72.0%  as of 22:13:20 UTC
    !! Now 72.0%   Limit 70.0%   Since 22:13:20 UTC   Data age 1 s   ID 25rf

    Next: /margin quant-a"
  `);
});

const STORY: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'loud Critical: quant-a · margin usage 71.2% | Now 71.2% | Limit 70.0% | Since 22:13:20 UTC | Data age 95 s | ID 25rf | Next: /margin quant-a | Last known 71.2% at 22:11:45 UTC, age 95 s.',
    'loud Critical: quant-a · margin usage 71.2% and 1 more | Now 71.2% | Limit 70.0% | Since 22:13:20 UTC | Data age 95 s | ID 25rf | margin usage | quant-a | 71.2% | 70.0% | health factor | quant-a | 1.15x | 0.70x | Next: /margin quant-a | Last known 71.2% at 22:11:45 UTC, age 95 s.',
    'edit Over: quant-a · margin usage | Lasted 3 s | Worst 71.2% | ID 25rf | ',
    'reply Over after 3 s: quant-a | Lasted 3 s | Worst 71.2% | ID 25rf | ',
  ],
  'zh-CN': [
    'loud 严重：quant-a · 保证金占用率 71.2% | 当前 71.2% | 阈值 70.0% | 始于 22:13:20 UTC | 数据时长 95 秒 | ID 25rf | 下一步：/margin quant-a | 最后已知 71.2%，时间 22:11:45 UTC，已过 95 秒。',
    'loud 严重：quant-a · 保证金占用率 71.2%，另有 1 项 | 当前 71.2% | 阈值 70.0% | 始于 22:13:20 UTC | 数据时长 95 秒 | ID 25rf | 保证金占用率 | quant-a | 71.2% | 70.0% | 健康度 | quant-a | 1.15x | 0.70x | 下一步：/margin quant-a | 最后已知 71.2%，时间 22:11:45 UTC，已过 95 秒。',
    'edit 已解除：quant-a · 保证金占用率 | 持续 3 秒 | 最差 71.2% | ID 25rf | ',
    'reply 已解除，持续 3 秒：quant-a | 持续 3 秒 | 最差 71.2% | ID 25rf | ',
  ],
};

test.each(['en', 'zh-CN'] as const satisfies readonly Locale[])(
  'an incident in %s, from fire to end',
  async (locale) => {
    const world = await alertWorld({ locale });
    const told: string[] = [];
    const print = async () => {
      for (const { how, text } of world.drain()) told.push(`${how} ${text}`);
    };
    await world.take(intentOf({ level: 'CRIT', value: '0.712', dataAgeMs: 95_000 }));
    await print();
    await world.take(intentOf({ level: 'CRIT', rule: 'healthFactor', value: '1.15' }));
    await world.pass(3000);
    await print();
    await world.take(
      intentOf({ level: 'CRIT', reason: 'RESOLVED' }),
      intentOf({ level: 'CRIT', rule: 'healthFactor', reason: 'CLOSED' }),
    );
    await world.pass(3000);
    await print();
    expect(told).toEqual(STORY[locale]);
  },
);

test('the running desk looks four times a second, sweeps every fifteen, and ends with its signal', async () => {
  const world = await alertWorld();
  let looks = 0;
  let sweeps = 0;
  const desk = {
    ...world.desk,
    runDue: async () => {
      looks += 1;
    },
    sweep: async () => {
      sweeps += 1;
      return world.desk.sweep();
    },
  };
  const end = new AbortController();
  const running = runAlertDesk(desk, {
    ...{ clock: world.clock, signal: end.signal, onRound: () => {} },
  });
  for (let quarter = 0; quarter < 80; quarter += 1) await world.clock.advance(250);
  end.abort();
  await running;
  expect(looks).toBeGreaterThanOrEqual(78);
  expect(sweeps).toBe(1);
});
