import { afterEach, expect, test } from 'vitest';
import { openDiscord, placeOf, type TestWorld, viewOf } from './discord-world.ts';

let world: TestWorld;
afterEach(() => world.close());

test('registers localised commands once, required options first, and connects', async () => {
  world = await openDiscord();
  const { fake, gateway } = world;
  await fake.world.until('commands', () => fake.world.commands.length === 2);
  expect(gateway.state().kind).toBe('connected');
  const [liq] = fake.world.commands;
  expect(liq?.options?.map(({ name, required }) => [name, required])).toEqual([
    ['account', true],
    ['asset', false],
  ]);
  expect(liq?.description_localizations).toEqual({ 'zh-CN': '按强平距离排列的持仓' });
});
