export const enWatch = {
  'status.streamTable': 'Streams',
  'status.noStreams': 'No streams.',
  'status.stream': 'Stream',
  'status.stream.connected': 'ok',
  'status.stream.connecting': 'connecting',
  'status.stream.unsupported': 'none, polled',
  'status.stream.closed': 'closed',
  'status.placeTable': 'Alerts go to',
  'status.noPlaces': 'Nowhere.',
  'status.place': 'Destination',
  'status.place.ok': 'ok',
  'status.place.blocked': 'paused',
  'status.place.broken': 'BROKEN',
  'status.place.unused': 'not used yet',
  'status.nobodyIsTold':
    'Alerts are kept but nobody is told: name destinations in the desk file to hear of them.',
};
