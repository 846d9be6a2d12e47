import { defineCommand } from '../src/app/command.ts';
import { pressAnswer } from './layout/press-alert.ts';

/** Takes an alert in hand, for the usual time of its level or as long as one says. */
export const ack = defineCommand({
  name: 'ack',
  access: 'act',
  options: [
    { name: 'id', type: 'incident', neededUnless: [] },
    { name: 'for', type: 'duration' },
  ],
  run: (context, options) => pressAnswer('ack', options, context),
});
