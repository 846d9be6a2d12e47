import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const SEND = /POST \/(api\/v10\/channels\/\d+\/messages|bot[^ ]+\/sendMessage) /;

/** What happens to the next message that is sent over the line. */
export type Cut = 'half a request' | 'no answer' | null;

/** A line to a platform that can be cut in the middle of a message. */
export async function cuttingLine(port: number) {
  let cut: Cut = null;
  let onCut: () => void = () => {};
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let isDeaf = false;
    const drop = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', drop);
      socket.on('close', () => {
        sockets.delete(socket);
        drop();
      });
    }
    near.on('data', (chunk) => {
      const isHit = cut !== null && SEND.test(chunk.toString('latin1'));
      if (isHit && cut === 'half a request') {
        cut = null;
        far.write(chunk.subarray(0, chunk.length / 2));
        onCut();
        return;
      }
      if (isHit) {
        cut = null;
        isDeaf = true;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (isDeaf) onCut();
      else near.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Cuts the next message that way and says so. */
    cutNext: (next: Cut, then: () => void) => {
      cut = next;
      onCut = then;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
