import { flushCompileCache } from 'node:module';
import { openStore } from '../../../src/adapters/store/open-store.ts';
import type { CandleSource } from '../../../src/ports/candle-store.ts';
import { rowsOf, TORTURE } from './numbered-rows.ts';

// Appends numbered rows until it is killed, some of them many rows at once, several under way at a time.
// Says each number on standard output only after the store has answered for it. Arguments: the store,
// the first number, how many may be under way.
const [path = '', first = '0', width = '1'] = process.argv.slice(2);
const opened = await openStore({ path });
if (!opened.ok) {
  process.stdout.write(`E${opened.error.kind}\n`);
  process.exit(1);
}
const store = opened.value;
let next = Number(first);

async function appendForever(): Promise<void> {
  for (;;) {
    const number = next;
    next += 1;
    const put = await store.candles.put(TORTURE satisfies CandleSource, rowsOf(number));
    process.stdout.write(put.ok ? `${number}\n` : `E${put.error.kind}\n`);
  }
}

// A killed process writes no cache; the lives after the first start in half the time with it.
flushCompileCache();
await Promise.all(Array.from({ length: Number(width) }, appendForever));
