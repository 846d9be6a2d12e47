import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';

export interface ReadRequest {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Uploaded parts by their `attach://` name. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** JSON, or multipart as the real server reads it: fields of structures arrive as JSON text. */
export function readRequest(request: IncomingMessage): Promise<ReadRequest> {
  const type = request.headers['content-type'] ?? '';
  return type.startsWith('multipart/') ? readMultipart(request) : readJson(request);
}

async function readJson(request: IncomingMessage): Promise<ReadRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString();
  return {
    fields: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
    files: new Map(),
  };
}

function readMultipart(request: IncomingMessage): Promise<ReadRequest> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, unknown> = {};
    const files = new Map<string, Buffer>();
    const parser = busboy({ headers: request.headers });
    parser.on('field', (name, value) => {
      fields[name] = readValue(value);
    });
    parser.on('file', (name, stream) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => files.set(name, Buffer.concat(parts)));
    });
    parser.on('close', () => resolve({ fields, files }));
    parser.on('error', reject);
    request.pipe(parser);
  });
}

/** Numbers stay text: the server takes both. */
function readValue(value: string): unknown {
  if (!/^[[{]|^(true|false)$/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
