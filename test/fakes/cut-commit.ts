import { connect, createServer, type Socket } from 'node:net';

/**
 * A way to a PostgreSQL that breaks both ends when a `commit` comes by: `before` it reaches the server,
 * or `after` the server has had it, so that only the answer is lost. Off until `cut` is called.
 */
export async function cutCommit(target: { host: string; port: number }): Promise<{
  readonly port: number;
  cut(when: 'before' | 'after'): void;
  close(): Promise<void>;
}> {
  let when: 'before' | 'after' | null = null;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let isAnswerLost = false;
    client.on('data', (chunk) => {
      if (when !== null && chunk.includes('commit')) {
        const isBefore = when === 'before';
        when = null;
        if (isBefore) {
          client.destroy();
          return;
        }
        isAnswerLost = true;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => (isAnswerLost ? client.destroy() : client.write(chunk)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut: (at) => {
      when = at;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
