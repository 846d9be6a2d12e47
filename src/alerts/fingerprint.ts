import { unreachable } from '../domain/result.ts';
import type { RuleId, Subject } from './alert.ts';
import { hash128 } from './hash-128.ts';

/** Raised when the order or the meaning of the parts below changes: every alert gets a new name then. */
const VERSION = 'v1';

/** The name of an alert: of its rule and what it is about, never of a level, a value or a word. */
export function fingerprintOf(rule: RuleId, subject: Subject): string {
  return hash128([VERSION, rule, ...subjectKey(subject)].join('\u0000'));
}

/** The subject as parts in a fixed order; no two subjects have the same. */
function subjectKey(subject: Subject): readonly string[] {
  switch (subject.kind) {
    case 'desk':
      return ['desk'];
    case 'venue':
      return ['venue', subject.venue];
    case 'account':
      return ['account', subject.venue, subject.account];
    case 'position':
      return [
        ...['position', subject.venue, subject.account, subject.instrument, subject.side],
        ...(subject.isolated ? ['isolated'] : []),
      ];
    case 'instrument':
      return ['instrument', subject.venue, subject.instrument];
    case 'asset':
      return ['asset', subject.asset];
    case 'book':
      return ['book', subject.book, subject.asset];
    default:
      return unreachable(subject);
  }
}
