/** English texts of `npm run check`. */
export const enDoctor = {
  'doctor.title': 'Check of {{desk}}',
  'doctor.column.key': 'Key may',
  'doctor.column.clock': 'Clock',
  'doctor.column.modes': 'Account mode',
  'doctor.column.positions': 'Positions',
  'doctor.column.reading': 'Reading',
  'doctor.reads': 'ok',
  'doctor.fails': 'FAILS',
  'doctor.partly': 'partly',
  'doctor.key.read': 'read',
  'doctor.key.trade': 'read, trade',
  'doctor.key.withdraw': 'WITHDRAW',
  'doctor.key.unknown': 'not told',
  'doctor.accounts': 'Accounts',
  'doctor.fine': '{{count}} fine, {{faulty}} faulty',
  'doctor.withdraw':
    '{{account}}: THIS KEY MAY WITHDRAW FUNDS. Make a new key without that permission and delete this one at the venue.',
  'doctor.readOnly':
    '{{account}}: access is trade, but the key is read-only. Give the key trading permission, or set access: read.',
  'doctor.noIpList':
    '{{account}}: the key works from any address. Tie it to the IP of this machine at the venue.',
  'doctor.clockOff':
    '{{account}}: this clock is {{offset}} off the venue. Synchronize it (NTP), or requests will be refused.',
  'doctor.keyUnreadable': '{{account}}: key permissions could not be read: {{reason}}',
  'doctor.unused': 'In the desk file but not used by this version: {{sections}}.',
  'doctor.allFine': 'Nothing to mend.',

  'doctor.chats': 'Chats',
  'doctor.column.chat': 'Chat',
  'doctor.column.chatState': 'State',
  'doctor.chat.fine': 'ok',
  'doctor.chat.refused': 'TOKEN REFUSED',
  'doctor.chat.unreachable': 'not reached',
  'doctor.chat.gone': 'not there',
  'doctor.chat.forbidden': 'not let in',
  'doctor.chat.missing-rights': 'rights missing',
  'doctor.chat.moved': 'moved',
  'doctor.chatFault.refused':
    '{{network}} refuses the bot token. Make a new one there and put it in place of the old.',
  'doctor.chatFault.unreachable':
    '{{network}} cannot be reached from here. Check the network, and apiUrl or apiRoot if set.',
  'doctor.chatFault.application':
    'discord: the application id is not that of this token. Copy it from the developer portal, General Information.',
  'doctor.chatFault.guild':
    'discord: the bot is not in the configured guild. Invite it there, or correct the guild id.',
  'doctor.chatFault.gone':
    '{{chat}}: there is no such chat for the bot. Invite the bot, or correct the id under chats.',
  'doctor.chatFault.forbidden':
    '{{chat}}: the bot is not let in. Add it to the chat, or take the chat out of the desk file.',
  'doctor.chatFault.missing-rights':
    '{{chat}}: the bot may not do this: {{rights}}. Allow it in the settings of the chat.',
  'doctor.chatFault.moved': '{{chat}} is {{to}} now. Write the new id into the desk file.',
  'doctor.chatFault.notLooked': '{{chat}} could not be looked at now. Run the check again.',
} as const;
