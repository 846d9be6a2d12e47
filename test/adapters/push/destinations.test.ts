import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { emailDestination } from '../../../src/adapters/push/email-destination.ts';
import { webhookDestination } from '../../../src/adapters/push/webhook-destination.ts';
import { wecomDestination } from '../../../src/adapters/push/wecom-destination.ts';
import type { SendOutcome } from '../../../src/ports/chat.ts';
import {
  destinationContract,
  type PlaceMood,
  type PlaceSeat,
} from '../../contracts/destination-contract.ts';
import { voices } from '../../fakes/a-message.ts';
import { type SmtpScript, startFakeSmtp } from '../../fakes/fake-smtp.ts';
import { type StubHandler, startStubHttp } from '../../fakes/stub-http.ts';

const limitMs = 700;

const HTTP: Readonly<Record<Exclude<PlaceMood, 'away'>, StubHandler>> = {
  takes: () => ({ status: 200, body: { errcode: 0 } }),
  busy: () => ({ status: 429, headers: { 'retry-after': '7' } }),
  silent: () => () => {},
  cut: () => (response) => response.destroy(),
  'no-credential': () => ({ status: 401 }),
  refuses: () => ({ status: 422 }),
};

async function httpSeat(
  make: (url: string) => PlaceSeat['destination'],
  moods = HTTP,
): Promise<PlaceSeat> {
  const stub = await startStubHttp(moods.takes);
  const taken: string[] = [];
  let isAway = false;
  const here = make(`${stub.origin}/hook`);
  // A port that nobody listens on: where the stub was before it closed.
  const gone = await startStubHttp(moods.takes);
  const away = make(`${gone.origin}/hook`);
  await gone.close();
  let mood: PlaceMood = 'takes';
  const behave = (next: PlaceMood) => {
    mood = next;
    isAway = next === 'away';
    if (next === 'away') return;
    stub.answer((request) => {
      if (['takes', 'silent', 'cut'].includes(mood)) taken.push(request.body);
      return moods[next](request);
    });
  };
  behave('takes');
  return {
    destination: { id: here.id, send: (message) => (isAway ? away : here).send(message) },
    behave,
    arrived: () => taken,
    close: stub.close,
  };
}

const SMTP: Readonly<Record<Exclude<PlaceMood, 'away'>, SmtpScript>> = {
  takes: () => null,
  busy: (step) => (step === 'RCPT' ? '451 greylisted, come back' : null),
  silent: (step) => (step === 'TEXT' ? 'hang' : null),
  cut: (step) => (step === 'TEXT' ? 'reset' : null),
  'no-credential': (step) => (step === 'AUTH' ? '535 no' : null),
  refuses: (step) => (step === 'DATA' ? '554 spam' : null),
};

async function mailSeat(): Promise<PlaceSeat> {
  const smtp = await startFakeSmtp();
  const gone = await startFakeSmtp();
  await gone.close();
  let isAway = false;
  const make = (smtpUrl: string) =>
    emailDestination({
      ...{ id: 'mail', to: ['risk@example.com'], from: 'Desk <desk@example.com>' },
      ...{ smtpUrl, voices, limitMs, log: { error: () => {}, warn: () => {} } },
    });
  const here = make(smtp.url);
  const away = make(gone.url);
  return {
    destination: { id: 'mail', send: (message) => (isAway ? away : here).send(message) },
    behave: (mood) => {
      isAway = mood === 'away';
      if (mood !== 'away') smtp.script(SMTP[mood]);
    },
    arrived: () => smtp.mails.map(decoded),
    close: smtp.close,
  };
}

/** Quoted-printable and base64 bodies as text, to look for words in. */
function decoded({ text }: { readonly text: string }): string {
  const printable = text
    .replace(/=\r\n/g, '')
    .replace(/(=[0-9A-F]{2})+/g, (run) =>
      Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
    );
  const packed = [...text.matchAll(/\r\n\r\n([A-Za-z0-9+/=\r\n]{20,})\r\n/g)];
  const unpacked = packed.map(([, part]) => Buffer.from(part ?? '', 'base64').toString('utf8'));
  return [printable, ...unpacked].join('\n');
}

destinationContract('webhook', () =>
  httpSeat((url) =>
    webhookDestination({ id: 'pager', url, secret: 's3cret', voices, clock: systemClock, limitMs }),
  ),
);
destinationContract('WeCom', () =>
  httpSeat((url) => wecomDestination({ id: 'wechat', url, voices, limitMs }), {
    ...HTTP,
    busy: () => ({ body: { errcode: 45_009, errmsg: 'api freq out of limit' } }),
    'no-credential': () => ({ body: { errcode: 93_000 } }),
    refuses: () => ({ body: { errcode: 40_058 } }),
  }),
);
destinationContract('e-mail', mailSeat);
destinationContract('a destination of the tests', async () => {
  const outcomes: Readonly<Record<PlaceMood, SendOutcome | null>> = {
    takes: null,
    busy: { kind: 'retry', retryAfterMs: 7000, scope: 'chat' },
    silent: { kind: 'unknown' },
    cut: { kind: 'unknown' },
    'no-credential': { kind: 'dead', reason: 'credential-lost' },
    refuses: { kind: 'dead', reason: 'refused' },
    away: { kind: 'retry', retryAfterMs: 5000, scope: 'chat' },
  };
  const texts: string[] = [];
  let mood: PlaceMood = 'takes';
  return {
    destination: {
      id: 'room',
      send: async ({ key, view }) => {
        if (mood === 'takes') texts.push(view.reply.title);
        return outcomes[mood] ?? { kind: 'delivered', messageId: key };
      },
    },
    behave: (next) => {
      mood = next;
    },
    arrived: () => texts,
    close: async () => {},
  };
});
