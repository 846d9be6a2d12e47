import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One mail as it came in. */
interface ReceivedMail {
  readonly to: readonly string[];
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The reply to one step, such as `550 no`; `hang` never answers, `reset` cuts the line; null: as usual. */
export type SmtpScript = (step: string, line: string) => string | 'hang' | 'reset' | null;

export interface FakeSmtp {
  readonly url: string;
  readonly mails: ReceivedMail[];
  script(next: SmtpScript): void;
  close(): Promise<void>;
}

/** A mail server's stand-in on loopback: real SMTP with AUTH PLAIN, keeps what it was given. */
export async function startFakeSmtp(): Promise<FakeSmtp> {
  let script: SmtpScript = () => null;
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    serve(socket, { script: (step, line) => script(step, line), mails });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://desk:secret-of-the-mail@127.0.0.1:${port}`,
    mails,
    script: (next) => {
      script = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const USUAL: Readonly<Record<string, string>> = {
  CONNECT: '220 fake ready',
  EHLO: '250-fake\r\n250-AUTH PLAIN\r\n250 SMTPUTF8',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  TEXT: '250 taken',
  QUIT: '221 bye',
  RSET: '250 ok',
};

function serve(
  socket: Socket,
  { script, mails }: { readonly script: SmtpScript; readonly mails: ReceivedMail[] },
): void {
  let left = '';
  let isText = false;
  let to: string[] = [];
  const answer = (step: string, line: string): string => {
    const reply = script(step, line) ?? USUAL[step] ?? '502 unknown';
    if (reply === 'reset') socket.destroy();
    else if (reply !== 'hang') socket.write(`${reply}\r\n`);
    return reply;
  };
  answer('CONNECT', '');
  socket.on('data', (chunk) => {
    left += chunk.toString('utf8');
    for (;;) {
      const end = left.indexOf(isText ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = left.slice(0, end);
      left = left.slice(end + (isText ? 5 : 2));
      if (isText) {
        isText = false;
        // Kept even when its answer is lost: that is what an unknown outcome is.
        mails.push({ to, text: part, headers: headersOf(part) });
        to = [];
        answer('TEXT', '');
        continue;
      }
      const step = part.split(' ')[0]?.toUpperCase() ?? '';
      const reply = answer(step, part);
      if (step === 'RCPT' && reply.startsWith('2')) to.push(/<([^>]*)>/.exec(part)?.[1] ?? '');
      if (step === 'DATA' && reply.startsWith('3')) isText = true;
    }
  });
}

function headersOf(text: string): Record<string, string> {
  const head = text.split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ') ?? '';
  return Object.fromEntries(
    head.split('\r\n').map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
}
