import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../src/ports/clock.ts';
import { METHODS } from './bot-methods.ts';
import type { Fault } from './faults.ts';
import { readRequest } from './read-request.ts';
import type { RecordedRequest } from './start-fake-telegram.ts';
import { createUpdateQueue, type Update } from './update-queue.ts';
import { Refusal, type World } from './world.ts';

const TOKEN = '4242:fake-token';
/** Sends, edits and removals: what a pause forbids. */
const WRITES = /^(send|edit|delete)(?!Webhook)/;

/** What happens behind the stand-in's address. */
export function createBackend(clock: Clock) {
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const scripts = new Map<string, Fault[]>();
  const pausedUntil = new Map<string, number>();
  const watchers = new Set<() => void>();
  const world: World = {
    bot: { id: 4242, is_bot: true, first_name: 'Plimsoll', username: 'plimsoll_bot' },
    rooms: new Map(),
    queries: new Map(),
    menus: new Map(),
    now: () => clock.now(),
  };
  const { queue, hook, deliver, push } = createDelivery(clock);

  const carryOut = (request: RecordedRequest, signal: AbortSignal): unknown => {
    const { method, fields } = request;
    if (method === 'deleteWebhook' || method === 'setWebhook') return hook(request);
    if (method === 'getUpdates') {
      if (hook.isSet())
        throw new Refusal(409, "Conflict: can't use getUpdates while webhook is active");
      const offset = Number(fields['offset'] ?? 0);
      return queue.poll({ offset, timeout: Number(fields['timeout'] ?? 0), signal });
    }
    const run = METHODS[method];
    if (!run) throw new Refusal(404, 'Not Found');
    return run(request, world);
  };
  const judge = ({ method, fields, at }: RecordedRequest): void => {
    const chat = String(fields['chat_id']);
    const left = (pausedUntil.get(chat) ?? 0) - at;
    if (WRITES.test(method) && left > 0) {
      violations.push(`${method} to ${chat} ${left} ms before the end of its pause`);
    }
  };
  const faultFor = (method: string): Fault | undefined =>
    scripts.get(method)?.shift() ?? (WRITES.test(method) ? scripts.get('*')?.shift() : undefined);
  const lookAgain = (): void => {
    for (const look of watchers) look();
  };
  const refuse = (
    response: ServerResponse,
    { fields }: RecordedRequest,
    refusal: Refusal,
  ): void => {
    const { code, message, parameters } = refusal;
    const seconds = parameters?.['retry_after'];
    if (seconds !== undefined)
      pausedUntil.set(String(fields['chat_id']), clock.now() + seconds * 1000);
    const more = parameters === undefined ? {} : { parameters };
    reply(response, code, { ok: false, error_code: code, description: message, ...more });
  };

  const answer = async (request: RecordedRequest, token: string, response: ServerResponse) => {
    const hungUp = new AbortController();
    response.on('close', () => hungUp.abort());
    const fault = faultFor(request.method);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'page') {
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
      return;
    }
    try {
      if (token !== TOKEN) throw new Refusal(401, 'Unauthorized');
      if (fault?.kind === 'refuse') {
        throw new Refusal(fault.code, fault.description, fault.parameters);
      }
      const result = await carryOut(request, hungUp.signal);
      if (fault?.kind === 'lost-answer') response.destroy();
      else reply(response, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(response, request, error);
    }
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(incoming.url ?? '') ?? [];
      const request = { method, ...(await readRequest(incoming)), at: clock.now() };
      requests.push(request);
      judge(request);
      lookAgain();
      await answer(request, token, response);
    } catch (cause) {
      violations.push(`the stand-in failed: ${String(cause)}`);
      reply(response, 500, { ok: false, error_code: 500, description: 'stand-in failed' });
    }
    lookAgain();
  };
  return {
    token: TOKEN,
    world,
    queue,
    requests,
    violations,
    scripts,
    watchers,
    deliver,
    push,
    serve,
  };
}

/** Updates on their way out: held for a poll, or posted to the webhook that was set. */
function createDelivery(clock: Clock) {
  const queue = createUpdateQueue(clock);
  let webhook: { readonly url: string; readonly secret: string } | null = null;
  const deliver = async (update: Update): Promise<number> => {
    if (!webhook) return 0;
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': webhook.secret,
      },
      body: JSON.stringify(update),
    });
    if (response.ok) queue.take(update);
    return response.status;
  };
  const push = (content: Readonly<Record<string, unknown>>): Update => {
    const update = queue.push(content);
    if (webhook) void deliver(update).catch(() => undefined);
    return update;
  };
  const hook = ({ method, fields }: RecordedRequest): true => {
    if (fields['drop_pending_updates'] === true) queue.drop();
    const [url, secret] = [String(fields['url']), String(fields['secret_token'] ?? '')];
    webhook = method === 'setWebhook' ? { url, secret } : null;
    return true;
  };
  return { queue, deliver, push, hook: Object.assign(hook, { isSet: () => webhook !== null }) };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
