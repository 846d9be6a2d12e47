import type { AlertVoice } from './alert-words.ts';

/** What is wrong with the monitor itself, and what to do about it. */
export function troubleText(trouble: string, { say }: AlertVoice): string {
  const [kind, id = ''] = trouble.split(' ');
  switch (kind) {
    case 'destination':
    case 'undelivered':
    case 'refused':
    case 'drill':
      return say(`alert.trouble.${kind}`, { id });
    case 'lost':
    case 'stalled':
    case 'books':
      return say(`alert.trouble.${kind}`);
    default:
      return say('alert.trouble.other');
  }
}
