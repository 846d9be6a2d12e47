import { defineCommand } from '../src/app/command.ts';
import { silenceAnswer } from './layout/silence-answer.ts';

/** Keeps alerts quiet, with an end and a reason; `agree=` is the second person's word, `end=` ends one. */
export const silence = defineCommand({
  name: 'silence',
  access: 'admin',
  options: [
    { name: 'account', type: 'account', isNamed: true },
    { name: 'venue', type: 'venue', isNamed: true },
    { name: 'asset', type: 'asset', isNamed: true },
    { name: 'rule', type: 'rule', isNamed: true },
    { name: 'level', type: 'level', isNamed: true },
    { name: 'for', type: 'duration', isNamed: true },
    { name: 'reason', type: 'word', isNamed: true },
    { name: 'agree', type: 'word', isNamed: true },
    { name: 'end', type: 'word', isNamed: true },
  ],
  run: silenceAnswer,
});
