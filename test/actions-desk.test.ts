import { afterAll, beforeAll, expect, test } from 'vitest';
import { startActionWorld } from './fakes/action-world.ts';

let world: Awaited<ReturnType<typeof startActionWorld>>;
beforeAll(async () => {
  world = await startActionWorld();
}, 30_000);
afterAll(() => world.close());

async function json(line: string, as = 'trader') {
  const { stdout, stderr, exit } = await world.ask(line, { json: true, as });
  return { exit, stderr, data: stdout === '' ? null : JSON.parse(stdout).data };
}

test('margin is added once the asker has confirmed what was shown', async () => {
  const { handle, writer } = world.find(({ marginMode }) => marginMode === 'isolated');
  const { data } = await json(`/addmargin ${handle} 50`);
  expect(data.preview).toMatchObject({ action: 'add-margin', amount: '50', needsApproval: false });
  expect(writer.sent).toHaveLength(0);
  const done = await json(`/confirm ${data.preview.token}`);
  expect(done).toMatchObject({ exit: 0, data: { outcome: { state: 'done', reason: null } } });
  expect(writer.effects).toEqual([done.data.outcome.clientRef]);
  expect((await json(`/confirm ${data.preview.token}`)).exit).toBe(2);
  expect(writer.effects).toHaveLength(1);
});
