import net from 'node:net';
import { afterEach, expect } from 'vitest';

/**
 * No test leaves the machine: every TCP and TLS connection starts in Socket.connect, so this is the
 * one gate. An attempt is refused at once and also fails the test that made it, even if the code
 * under test swallowed the refusal.
 */
const attempts: string[] = [];
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|localhost)$/;
const connect = net.Socket.prototype.connect as (
  this: net.Socket,
  ...args: unknown[]
) => net.Socket;

function targetOf(first: unknown, second: unknown): string | null {
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object' && options !== null) {
    const { path, host } = options as { path?: string | null; host?: string };
    return path ? null : (host ?? 'localhost');
  }
  if (typeof options === 'string' && Number.isNaN(Number(options))) return null;
  return typeof second === 'string' ? second : 'localhost';
}

net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  const host = targetOf(args[0], args[1]);
  if (host !== null && !LOOPBACK.test(host)) {
    attempts.push(host);
    queueMicrotask(() => this.destroy(new Error(`a test tried to reach ${host}`)));
    return this;
  }
  return connect.apply(this, args);
} as typeof net.Socket.prototype.connect;

afterEach(() => {
  expect(attempts.splice(0), 'connections beyond loopback').toEqual([]);
});
