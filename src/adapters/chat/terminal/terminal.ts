import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What the terminal needs of the program: lines in, text out. */
export interface TerminalChat {
  /** Answers one line; never rejects. */
  answer(line: string): Promise<string>;
  /** Everything that could stand at the end of `line`, and the part it would replace. */
  complete(line: string): [candidates: string[], replaces: string];
  /** Shown once at the start of an interactive session. */
  banner(): string;
  /** One line above every prompt that says what the desk looks like now; null: nothing to say yet. */
  deskLine(): string | null;
  /** Said while an answer takes longer than a moment. */
  readonly working: string;
  /** Hands over the way to say something that nobody asked for, as an alert. */
  onNotice?(say: (text: string) => void): void;
}

export interface TerminalStreams {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
  /** Ends the session from outside, as SIGTERM does. */
  readonly signal: AbortSignal;
}

const PROMPT = 'plimsoll> ';
/** Later than this an answer is announced, so that nobody types the question again. */
const PATIENCE_MS = 700;

/**
 * The terminal as a chat. Resolves at the end of input, at Ctrl-C or when `signal` aborts; lines
 * already read are answered first, in order, so that piped questions all get their answers.
 */
export async function runTerminal(chat: TerminalChat, streams: TerminalStreams): Promise<void> {
  const isInteractive = streams.input.isTTY === true && streams.output.isTTY === true;
  const readline = createInterface({
    input: streams.input,
    ...(isInteractive ? { output: streams.output } : {}),
    terminal: isInteractive,
    historySize: 500,
    removeHistoryDuplicates: true,
    prompt: PROMPT,
    completer: (line: string) => chat.complete(line),
  });
  const print = (text: string) => streams.output.write(`${text}\n`);
  const end = () => readline.close();
  streams.signal.addEventListener('abort', end, { once: true });
  readline.on('SIGINT', end);
  if (isInteractive) print(chat.banner());
  try {
    await converse(readline, { chat, streams, isInteractive, print });
  } finally {
    streams.signal.removeEventListener('abort', end);
    readline.close();
    if (isInteractive) print('');
  }
}

interface Conversation {
  readonly chat: TerminalChat;
  readonly streams: TerminalStreams;
  readonly isInteractive: boolean;
  print(text: string): void;
}

async function converse(readline: Interface, talk: Conversation): Promise<void> {
  const ask = () => {
    if (!talk.isInteractive) return;
    const line = talk.chat.deskLine();
    if (line !== null) talk.print(line);
    readline.prompt();
  };
  let answering = 0;
  talk.chat.onNotice?.((text) => {
    if (!talk.isInteractive) return talk.print(text);
    // The line that is being typed stays as it is, below what is said.
    talk.streams.output.write('\r\u001b[K');
    talk.print(text);
    if (answering === 0) readline.prompt(true);
  });
  let chain = Promise.resolve();
  const closed = new Promise<void>((resolve) => readline.once('close', () => resolve()));
  readline.on('line', (line) => {
    // One at a time and in order: two answers printed into each other help nobody.
    chain = chain.then(async () => {
      if (talk.streams.signal.aborted) return;
      // What every shell taught people to type; no command of the desk has these names.
      if (/^\/?(exit|quit)$/i.test(line.trim())) return readline.close();
      answering += 1;
      if (line.trim() !== '') await answer(line, talk);
      answering -= 1;
      ask();
    });
  });
  ask();
  await closed;
  await Promise.race([chain, aborted(talk.streams.signal)]);
}

async function answer(line: string, talk: Conversation): Promise<void> {
  const { isInteractive, streams, chat } = talk;
  let isAnnounced = false;
  const patience = setTimeout(() => {
    if (!isInteractive) return;
    isAnnounced = true;
    streams.output.write(chat.working);
  }, PATIENCE_MS);
  const text = await chat.answer(line);
  clearTimeout(patience);
  if (isAnnounced) streams.output.write('\r\u001b[K');
  talk.print(text);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
