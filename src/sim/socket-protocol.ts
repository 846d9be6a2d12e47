import type { SimAccount } from './model.ts';

/** The other end of one connection. */
interface SocketPeer {
  /** Path and query as they were asked for. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** One text frame; what is no text is sent as JSON. */
  send(frame: unknown): void;
}

/** One connection, as its venue speaks it. */
export interface SocketTalk {
  hear(text: string): void;
  /** Time to say what the market is doing. */
  tick(now: number): void;
  /** Something was done to this account, or has happened to it. */
  changed(account: SimAccount, now: number): void;
}

/** One venue's sockets; null: the path is another venue's. */
export type SocketProtocol = (peer: SocketPeer) => SocketTalk | null;

/** A frame as an object, or nothing. */
export function frameOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null ? (frame as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
