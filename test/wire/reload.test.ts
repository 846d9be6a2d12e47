import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { createReload } from '../../src/wire/reload.ts';
import { startDemoProgram } from '../fakes/demo-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-reload-'));
const path = join(folder, 'desk.yaml');
const before = { ...process.env };
beforeEach(() => {
  process.env['PLIMSOLL_DESK'] = path;
});
afterEach(() => {
  ids = ['one'];
  process.env = { ...before };
  rmSync(path, { force: true });
});

const WHO = 'people: [{ id: ann, roles: [trader] }, { id: boss, roles: [admin] }]';
const LIMITS =
  'actions: { maxAmount: 50000, dailyAmount: 100000, twoPersonAbove: 40000, maxMarkDrift: 5%, previewTtl: 60s }';

/** Ids as on the demo desk: the file names them, the simulator has them. */
let ids: readonly string[] = ['one'];

function write(lines: readonly string[]) {
  const accounts = ids.map(
    (id) => `  - { id: ${id}, venue: bybit, apiKey: k, secret: s, access: trade }`,
  );
  const text = ['accounts:', ...accounts, ...lines].join('\n');
  writeFileSync(path, text, { mode: 0o600 });
  return text;
}

function configOf(lines: readonly string[]) {
  const text = write(lines);
  const venues = { has: () => true, suggest: () => null };
  const read = loadConfig({ text, ownerOnly: true, env: {} }, venues);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** A running desk whose file says this; its accounts are the simulator's. */
async function running(lines: readonly string[]) {
  const { people, actions, destinations, routes, alerts, chat } = configOf(lines);
  const setup = { people, actions, destinations, routes, alerts, chat, isDemo: false };
  const demo = await startDemoProgram({ setup });
  ids = demo.sim.accounts.map(({ id }) => id);
  const reload = createReload(demo.program, { kind: 'file', path, config: configOf(lines) });
  demo.program.reload.current = reload;
  return { ...demo, reload };
}

test.each([
  {
    why: 'a trader is one no more',
    change: [WHO.replace('[trader]', '[viewer]'), LIMITS],
    sections: ['people'],
    says: 'trader',
  },
  {
    why: 'the limit is smaller than the act',
    change: [WHO, LIMITS.replace('50000', '5')],
    sections: ['actions'],
    says: 'above maxAmount',
  },
])(
  'no open preview keeps wider rights than the file now gives: $why',
  async (row) => {
    const { ask, reload, close } = await running([WHO, LIMITS]);
    const asked = await ask('/positions', { as: 'ann', json: true });
    const isolated = JSON.parse(asked.stdout).data.positions.find(
      (each: { marginMode: string }) => each.marginMode === 'isolated',
    );
    const preview = await ask(`/addmargin ${isolated.handle} 100`, { as: 'ann', json: true });
    expect(preview.stderr).toBe('');
    const { token } = JSON.parse(preview.stdout).data.preview;
    write(row.change);
    expect(await reload()).toEqual({ kind: 'taken-over', sections: row.sections, restart: [] });
    const pressed = await ask(`/confirm ${token}`, { as: 'ann' });
    expect(pressed.exit).toBe(2);
    expect(pressed.stdout + pressed.stderr).toContain(row.says);
    await close();
  },
  30_000,
);

test('a faulty file tells every problem and changes nothing', async () => {
  const { ask, reload, program, close } = await running([WHO]);
  write(['people: [{ id: ann, roles: [king] }]', 'rates: 1']);
  const done = await reload();
  expect(done.kind === 'faulty' && done.problems.map((line) => line.replace(/^\S+ /, ''))).toEqual([
    expect.stringContaining('people[0].roles[0]'),
    expect.stringContaining('rates'),
  ]);
  expect(program.setup.people.map(({ id }) => id)).toEqual(['ann', 'boss']);
  const answer = await ask('/reload', { as: 'boss' });
  expect(answer.exit).toBe(2);
  expect(answer.stdout).toContain('2 problems; the desk goes on as it was');
  write([WHO, 'refresh: { positions: 9s }']);
  expect((await ask('/reload', { as: 'boss' })).stdout).toContain('Restart needed for: refresh');
  expect((await ask('/reload', { as: 'boss' })).stdout).toContain('Restart needed for: refresh');
  expect((await ask('/reload', { as: 'ann' })).exit).toBe(2);
  await close();
}, 30_000);
