/** English texts of what protects the desk: the latch, the close of everything, plans, the drill. */
export const enProtection = {
  'about.flatten': 'Closes everything in a scope at the market, reduce-only; two people agree',
  'about.stop': 'Stops everything that acts by itself, at once',
  'about.resume': 'Lets plans act again after /stop',
  'option.scope': 'all, an account, a venue or an asset',

  'protect.off': 'Nothing protects this desk: it has no store for it.',
  'protect.heldByStop': 'Automatic acts are stopped (/stop), so this was not sent.',

  'latch.stop.title': 'Automatic acts are stopped',
  'latch.stop.text':
    'No plan acts any more, also none that was agreed to and not sent. What people ask for still works. An admin lifts it with /resume.',
  'latch.stop.notKept':
    'Stopped in this program, but the store did not keep it: after a restart it may be forgotten. Say /stop again.',
  'latch.resume.title': 'Automatic acts may happen again',
  'latch.resume.text': 'Plans look at the desk again, and act as they say.',
  'latch.resume.notKept': 'The store did not keep it, so automatic acts stay stopped. Try again.',
  'latch.stopped': 'Automatic acts are stopped since {{time}} by {{by}}; /resume lifts it.',
  'latch.stoppedUnread':
    'Automatic acts are stopped: the store cannot say whether they may happen.',

  'flatten.state.pending': 'Close everything: {{scope}}. Nothing has happened yet',
  'flatten.state.confirmed': 'Close everything: {{scope}}. Waiting for an approver',
  'flatten.state.running': 'Closing everything: {{scope}}',
  'flatten.state.done': 'All flat: {{scope}}',
  'flatten.state.partly': 'NOT ALL FLAT: {{scope}}',
  'flatten.state.cancelled': 'Cancelled: {{scope}}',
  'flatten.state.expired': 'Expired: {{scope}}',
  'flatten.state.interrupted': 'INTERRUPTED: {{scope}}',
  'flatten.what':
    'Reduce-only at the market, again and again until each venue shows flat. What is opened meanwhile is closed too.',
  'flatten.noLegs': 'Nothing is open there.',
  'flatten.flat': 'flat',
  'flatten.left': 'Left',
  'flatten.closes': 'Sent',
  'flatten.why.read-only': 'not sent: read only',
  'flatten.why.not-offered': 'not sent: no way to close here',
  'flatten.why.not-read': 'cannot be read',
  'flatten.why.refused': 'refused',
  'flatten.why.unknown': 'OUTCOME NOT KNOWN',
  'flatten.why.open': 'still open',
  'flatten.why.failed': 'failed here',
  'flatten.stillOpen': '{{leg}}: {{why}}. Close it at the venue, or flatten again.',
  'flatten.stillOpenBecause':
    '{{leg}}: {{why}} ({{reason}}). Close it at the venue, or flatten again.',
  'flatten.unread': '{{account}} cannot be read: what it holds is not known.',
  'flatten.again': 'Look at /positions, then say /flatten {{scope}} again.',
  'flatten.orphans.cancelled': '{{account}}: stops of {{asset}} that stayed behind were cancelled.',
  'flatten.orphans.look':
    '{{account}}: whether stops of {{asset}} stayed behind is not known; look at the venue.',
  'flatten.unknownScope': 'There is no scope {{scope}}. Known: {{known}}, and every asset held.',
  'flatten.typeScope': 'Type the scope as well: {{scope}}',
  'flatten.typed.title': 'Close everything',
  'flatten.typed.label': 'Type the scope: {{scope}}',
  'flatten.used': 'This has been decided already. Say /flatten again to see how it stands.',
} as const;
