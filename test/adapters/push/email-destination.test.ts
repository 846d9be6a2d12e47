import { afterEach, beforeEach, expect, test } from 'vitest';
import { emailDestination } from '../../../src/adapters/push/email-destination.ts';
import { smtpOutcome } from '../../../src/adapters/push/smtp-outcome.ts';
import { aMessage, voices } from '../../fakes/a-message.ts';
import { type FakeSmtp, startFakeSmtp } from '../../fakes/fake-smtp.ts';

let smtp: FakeSmtp;
const warned: string[] = [];
beforeEach(async () => {
  smtp = await startFakeSmtp();
});
afterEach(() => smtp.close());

const mail = () =>
  emailDestination({
    id: 'mail',
    to: ['risk@example.com', 'boss@example.com'],
    from: 'Desk <desk@example.com>',
    smtpUrl: smtp.url,
    voices,
    limitMs: 1500,
    log: { error: () => {}, warn: (event) => warned.push(event) },
  });
const headers = () => smtp.mails.map((each) => each.headers);

test('one incident is one thread; every message has a name of its own, the same at every attempt', async () => {
  await mail().send(aMessage({ key: 'a' }));
  await mail().send(aMessage({ key: 'a' }));
  await mail().send(aMessage({ key: 'b' }));
  await mail().send(aMessage({ key: 'c', record: { incident: 'zzzz' } }));
  const ids = headers().map((each) => each['message-id']);
  const threads = headers().map((each) => each['references']);
  expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
  expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
  expect([threads[1] === threads[0], threads[2] === threads[0], threads[3] === threads[0]]).toEqual(
    [true, true, false],
  );
});

test('a mail has a plain and a drawn part, and what it shows is text, never markup', async () => {
  await mail().send(aMessage({ reply: { paragraphs: ['<script>alert(1)</script>'] } }));
  const text = smtp.mails[0]?.text ?? '';
  expect(text).toContain('text/plain');
  expect(text).toContain('text/html');
  expect(text.slice(text.indexOf('text/html'))).not.toContain('<script>');
});

test('a line break in a name makes no header', async () => {
  await mail().send(aMessage({ reply: { title: 'x\r\nBcc: evil@example.com' } }));
  expect(headers()[0]).not.toHaveProperty('bcc');
  expect(smtp.mails[0]?.to).toEqual(['risk@example.com', 'boss@example.com']);
});

test.each([
  { level: 'WARN', drill: false, high: false, marked: false },
  { level: 'CRIT', drill: false, high: true, marked: false },
  { level: 'INFO', drill: true, high: false, marked: true },
])('$level: urgent $high, marked as a drill $marked', async ({ level, drill, high, marked }) => {
  await mail().send(aMessage({ record: { level, isDrill: drill } }));
  const [head] = headers();
  expect(head?.['x-priority'] !== undefined).toBe(high);
  expect(head?.['subject']?.includes('DRILL')).toBe(marked);
});

test('one address that is refused does not keep the others from hearing', async () => {
  smtp.script((step, line) => (step === 'RCPT' && line.includes('boss') ? '550 no' : null));
  expect(await mail().send(aMessage())).toMatchObject({ kind: 'delivered' });
  expect(warned).toContain('mail refused for some');
});

test.each([
  { why: 'every address refused', fault: { code: 'EENVELOPE', responseCode: 550 }, kind: 'dead' },
  { why: 'greylisted', fault: { code: 'EENVELOPE', responseCode: 451 }, kind: 'retry' },
  { why: 'the least of 4xx', fault: { responseCode: 400 }, kind: 'retry' },
  { why: 'the most of 4xx', fault: { responseCode: 499 }, kind: 'retry' },
  { why: 'the text refused', fault: { code: 'EMESSAGE', responseCode: 554 }, kind: 'dead' },
  { why: 'no such server', fault: { code: 'EDNS' }, kind: 'retry' },
  {
    why: 'broken, nobody knows when',
    fault: { code: 'ECONNECTION', command: 'CONN' },
    kind: 'unknown',
  },
  { why: 'something else', fault: new Error('their words'), kind: 'unknown' },
  { why: 'nothing at all', fault: undefined, kind: 'unknown' },
])('$why: $kind', ({ fault, kind }) => {
  expect(smtpOutcome(fault).kind).toBe(kind);
});
