import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { SelfReport } from '../../ports/self-report.ts';

/** Answers /healthz and /metrics, to anybody who can reach the address: nothing secret is in them. */
export function statusListener(report: () => SelfReport): RequestListener {
  const app = new Hono();
  app.get('/healthz', (context) => {
    const { ailments } = report();
    const isWell = ailments.length === 0;
    return context.json(
      { status: isWell ? 'ok' : 'unwell', reasons: ailments },
      isWell ? 200 : 503,
    );
  });
  app.get('/metrics', async (context) => {
    const { renderMetrics } = await import('./render-metrics.ts');
    const text = await renderMetrics(report());
    return context.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  app.notFound((context) => context.body(null, 404));
  app.onError((_, context) => context.body(null, 500));
  return getRequestListener(app.fetch);
}

/** Listens; null: the address is taken or not ours. */
export function serveStatus(
  listener: RequestListener,
  { hostname, port }: { readonly hostname: string; readonly port: number },
): Promise<Server | null> {
  const server = createServer(listener);
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, hostname, () => resolve(server));
  });
}
