import { defineCommand } from '../src/app/command.ts';
import { latchAnswer } from './layout/latch-answer.ts';

/** Lifts the latch: plans may act again. */
export const resume = defineCommand({
  name: 'resume',
  access: 'admin',
  options: [],
  run: (context) => latchAnswer('resume', context),
});
