import { defineCommand } from '../src/app/command.ts';
import { pressAnswer } from './layout/press-alert.ts';

/** Puts an alert off for a while; getting worse pierces it. */
export const snooze = defineCommand({
  name: 'snooze',
  access: 'act',
  options: [
    { name: 'id', type: 'incident', neededUnless: [] },
    { name: 'for', type: 'duration' },
  ],
  run: (context, options) => pressAnswer('snooze', options, context),
});
