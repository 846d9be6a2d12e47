import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { World } from './world.ts';

/** The gateway side: sessions that can be resumed, and everything that can go wrong with them. */
export interface FakeGateway {
  dispatch(type: string, data: unknown): void;
  /** Op 7: the client must come back and resume. */
  askToReconnect(): void;
  /** Op 9. */
  invalidateSession(isResumable: boolean): void;
  /** Closes every connection with a code; what is dispatched meanwhile is replayed on resume. */
  closeWith(code: number): void;
  /** The line goes dead without a word. */
  drop(): void;
  /** Beats are no longer answered. */
  isDeaf: boolean;
  refuseToken(): void;
  readonly counts: { identifies: number; resumes: number };
  readonly isConnected: boolean;
}

interface Session {
  readonly id: string;
  sequence: number;
  readonly sent: { readonly s: number; readonly payload: string }[];
  socket: WebSocket | null;
}

interface Frame {
  readonly op: number;
  readonly d: unknown;
}

export function createGateway(
  server: Server,
  deps: {
    readonly world: World;
    readonly heartbeatMs: number;
    url(): string;
    isTokenGood(): boolean;
    refuseToken(): void;
  },
): FakeGateway {
  const { world } = deps;
  const sockets = new WebSocketServer({ server, path: '/gateway' });
  const sessions = new Map<string, Session>();
  const counts = { identifies: 0, resumes: 0 };
  const live = () => [...sessions.values()].filter(({ socket }) => socket !== null);

  const send = (session: Session, type: string, data: unknown) => {
    session.sequence += 1;
    const payload = JSON.stringify({ op: 0, t: type, s: session.sequence, d: data });
    session.sent.push({ s: session.sequence, payload });
    session.socket?.send(payload);
  };
  const identify = (socket: WebSocket, token: unknown) => {
    if (token !== world.token || !deps.isTokenGood()) return socket.close(4004);
    counts.identifies += 1;
    const session: Session = { id: world.nextId(), sequence: 0, sent: [], socket };
    sessions.set(session.id, session);
    send(session, 'READY', readyBody(world, { session: session.id, url: deps.url() }));
    send(session, 'GUILD_CREATE', guildBody(world));
    world.changed();
  };
  const resume = (socket: WebSocket, wanted: { session_id?: string; seq?: number }) => {
    const session = sessions.get(wanted.session_id ?? '');
    if (!session) return socket.send(JSON.stringify({ op: 9, d: false }));
    counts.resumes += 1;
    session.socket = socket;
    for (const { s, payload } of session.sent) if (s > (wanted.seq ?? 0)) socket.send(payload);
    send(session, 'RESUMED', {});
    world.changed();
  };

  const gateway: FakeGateway = {
    counts,
    isDeaf: false,
    get isConnected() {
      return live().length > 0;
    },
    dispatch: (type, data) => {
      // A session without a connection keeps what it misses.
      const newest = live().at(-1) ?? [...sessions.values()].at(-1);
      if (newest === undefined) throw new Error('nobody is connected to the fake gateway');
      send(newest, type, data);
    },
    askToReconnect: () => {
      for (const { socket } of live()) socket?.send(JSON.stringify({ op: 7, d: null }));
    },
    invalidateSession: (isResumable) => {
      for (const session of live()) {
        if (!isResumable) sessions.delete(session.id);
        session.socket?.send(JSON.stringify({ op: 9, d: isResumable }));
      }
    },
    closeWith: (code) => {
      for (const { socket } of live()) socket?.close(code);
    },
    drop: () => {
      for (const { socket } of live()) socket?.terminate();
    },
    refuseToken: deps.refuseToken,
  };
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: deps.heartbeatMs } }));
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as Frame;
      if (op === 1 && !gateway.isDeaf) socket.send(JSON.stringify({ op: 11 }));
      if (op === 2) identify(socket, (d as { token?: unknown }).token);
      if (op === 6) resume(socket, d as { session_id?: string; seq?: number });
    });
    socket.on('close', () => {
      for (const session of sessions.values()) if (session.socket === socket) session.socket = null;
      world.changed();
    });
  });
  return gateway;
}

function readyBody(world: World, at: { readonly session: string; readonly url: string }): object {
  return {
    v: 10,
    user: { id: world.bot, username: 'plimsoll', discriminator: '0', avatar: null, bot: true },
    guilds: [{ id: world.guild, unavailable: true }],
    session_id: at.session,
    resume_gateway_url: at.url,
    application: { id: world.application, flags: 0 },
    shard: [0, 1],
  };
}

function guildBody(world: World): object {
  return {
    id: world.guild,
    name: 'The desk',
    unavailable: false,
    owner_id: world.bot,
    member_count: 3,
    channels: [...world.channels.entries()]
      .filter(([, { isPrivate }]) => !isPrivate)
      .map(([id]) => ({ id, type: 0, name: 'risk', permission_overwrites: [], position: 0 })),
    roles: [],
    emojis: [],
    stickers: [],
    members: [],
    threads: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    features: [],
  };
}
