import { defineCommand } from '../src/app/command.ts';
import { latchAnswer } from './layout/latch-answer.ts';

/** The latch: nothing acts by itself any more, until an admin lifts it. */
export const stop = defineCommand({
  name: 'stop',
  access: 'admin',
  options: [],
  run: (context) => latchAnswer('stop', context),
});
