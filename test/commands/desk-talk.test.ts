import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { ask, contextFor, desk, holedDesk, snapshotOf } from './small-desk.ts';

test('/status: ages of accounts and loops, and the version', async () => {
  const { data } = await ask(snapshotOf(...holedDesk.slice(0, 2), ...holedDesk.slice(3, 4)), {
    name: 'status',
  });
  expect(data).toEqual({
    accounts: [
      { account: 'bybit-quant-a', status: 'stale', dataAgeMs: 41_000, streamAgeMs: null },
      { account: 'bybit-basis', status: 'ok', dataAgeMs: 1000, streamAgeMs: null },
      { account: 'okx-mm', status: 'missing', dataAgeMs: null, streamAgeMs: null },
    ],
    destinations: [],
    loops: [
      { name: 'refresh', ageMs: 2000 },
      { name: 'marks', ageMs: null },
    ],
    streams: [],
    version: '0.1.0',
  });
});

test('/whoami: person, roles, visible accounts, network', async () => {
  const { data } = await ask(snapshotOf(...desk.slice(0, 1)), { name: 'whoami' });
  expect(data).toEqual({
    person: 'trader',
    roles: ['trader'],
    accounts: ['bybit-quant-a'],
    network: 'terminal',
  });
});

describe('/help', () => {
  test('has a line for every command, in both languages', async () => {
    for (const locale of ['en', 'zh-CN'] as const) {
      const { data } = await ask(snapshotOf(...desk), { name: 'help', locale });
      const { commands: lines } = data as { commands: { name: string; about: string }[] };
      expect(lines.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
      expect(lines.filter(({ about }) => about === '')).toEqual([]);
    }
  });
});

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
}

/** Alerts and protection need a store, which this desk does not have; acts need to be told what to do. */
function answersAlone({ name, access, options }: (typeof commands)[number]): boolean {
  const isWhole = options.every(({ neededUnless }) => neededUnless === undefined);
  return access === 'read' && isWhole && name !== 'alerts' && name !== 'protect';
}

test('no command answers with a float, and every reply is whole in both languages', async () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    for (const { name } of commands.filter(answersAlone)) {
      for (const accounts of [desk, holedDesk, []]) {
        const { data, text } = await ask(snapshotOf(...accounts), { name, locale });
        expect(numbersIn(data).filter((number) => !Number.isSafeInteger(number))).toEqual([]);
        expect(text(80)).not.toMatch(/undefined|NaN|\[object|\{\{/);
      }
    }
  }
});

test('whoami and help ask no venue', async () => {
  for (const name of ['whoami', 'help']) {
    const context = {
      ...contextFor(snapshotOf(...desk)),
      snapshot: () => Promise.reject(new Error('asked')),
    };
    const result = await commands.find((command) => command.name === name)?.run(context, {});
    expect(result?.ok).toBe(true);
  }
});
