export const enAudit = {
  'verify.intact': '{{place}}: the audit is intact, {{count}} lines. It ends with {{hash}}.',
  'verify.empty': '{{place}}: the audit has no line yet.',
  'verify.broken': '{{place}}: the audit is NOT intact. Lines: {{count}}, faults: {{faults}}.',
  'verify.changed': 'Line {{sequence}} ({{what}}, {{at}}) was changed after it was written.',
  'verify.missing': 'Before line {{sequence}} ({{what}}, {{at}}) lines are missing.',
  'verify.reordered':
    'Line {{sequence}} ({{what}}, {{at}}) does not stand where it was written, or stands there twice.',
  'verify.unlinked':
    'Line {{sequence}} ({{what}}, {{at}}) does not continue the line before it: one of them was put there.',
  'verify.cutEnd':
    'The end is cut off: {{sequence}} lines were written, the last one here is {{last}}.',
  'verify.otherEnd':
    'The last line is not the one that was written last: lines were added or replaced.',
  'verify.unreadable':
    'The line after the first {{count}} cannot be read at all; what follows it was not checked.',
  'verify.headGone':
    'The mark of where the audit ends is gone: whether its end is cut off cannot be told.',
  'verify.more': '… and {{count}} more.',
  'verify.usage':
    'audit: expected "verify", and the store or a copy of it: npm run audit -- verify FILE',
  'verify.noFile': 'There is no file {{place}}. Name the store or a copy of it.',
} as const;
