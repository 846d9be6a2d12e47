/** English texts of the desk watching itself: drills, the watchdog message, reloads, the doctor on destinations. */
export const enSelfWatch = {
  'alert.trouble.drill':
    'The daily drill did not reach {{id}} within a minute. Check it: /alerts test {{id}}.',
  'alert.trouble.stalled':
    'The program stood still for seconds: the machine is overloaded. Alerts may have come late.',

  'about.reload': 'Reads the desk file again and takes over what has changed',
  'option.destination': 'a destination of the desk file',

  'alert.titleDrill': 'Drill for {{id}}: nothing to do',
  'drill.title': 'Drill: {{id}}',
  'drill.arrived': 'Arrived after {{latency}}.',
  'drill.lost':
    'Did not arrive within a minute. /status shows whether {{id}} is paused or broken; npm run check tests its rights.',
  'drill.notAdmin': 'Sending a drill is an admin’s.',
  'drill.unknown': 'No destination {{id}}. Known: {{known}}.',

  'watchdog.title': '{{desk}} is watching',
  'watchdog.titleIll': '{{desk}} is NOT well',
  'watchdog.accounts': 'Accounts fresh',
  'watchdog.oldest': 'Oldest figures',
  'watchdog.queue': 'Messages waiting',
  'watchdog.firing': 'Alerts firing',
  'watchdog.note':
    'Brought up to date every 5 min. When the time above is older than 10 min, nobody is watching.',
  'watchdog.ailment': 'Not well: {{reason}}.',

  'reload.title': 'Desk file',
  'reload.done': 'Taken over: {{sections}}.',
  'reload.nothing': 'Nothing has changed.',
  'reload.demo':
    'Nothing to take over here: the demo desk has no file, and without a running console each command reads it anew.',
  'reload.kept_one': '{{count}} problem; the desk goes on as it was.',
  'reload.kept_other': '{{count}} problems; the desk goes on as it was.',
  'reload.restart': 'Restart needed for: {{sections}}. Until then the old ones hold.',

  'doctor.places': 'Destinations',
  'doctor.column.place': 'Destination',
  'doctor.place.fine': 'fine',
  'doctor.place.reachable': 'answers; try it with /alerts test',
  'doctor.place.unreachable': 'does not answer',
  'doctor.place.refused': 'refuses our credential',
  'doctor.placeFault.unreachable':
    '{{id}} does not answer: check its address in the desk file and the way out of this machine.',
  'doctor.placeFault.refused':
    '{{id}} refuses our credential: check the user, password or key in the desk file.',
} as const;
