import { expect, test } from 'vitest';
import { createPictureCache } from '../../../../src/adapters/charts/canvas/picture-cache.ts';

test('keeps so many pictures and no more; the one unused for longest goes', () => {
  const cache = createPictureCache(2);
  const [a, b, c] = [1, 2, 3].map((each) => Uint8Array.of(each)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  cache.set('a', a);
  cache.set('b', b);
  expect(cache.get('a')).toBe(a);
  cache.set('c', c);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([a, undefined, c]);
});
