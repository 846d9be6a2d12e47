import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';

export interface ReadRequest {
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** A JSON body, or multipart with `payload_json` and `files[n]`. */
export async function readRequest(request: IncomingMessage): Promise<ReadRequest> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readMultipart(request);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return { body: text === '' ? null : JSON.parse(text), files: [] };
}

function readMultipart(request: IncomingMessage): Promise<ReadRequest> {
  return new Promise((resolve, reject) => {
    const files: { name: string; bytes: Buffer }[] = [];
    let body: unknown = null;
    const parser = busboy({ headers: request.headers });
    parser.on('field', (name, value) => {
      if (name === 'payload_json') body = JSON.parse(value);
    });
    parser.on('file', (_field, stream, info) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () =>
        files.push({ name: info.filename ?? '', bytes: Buffer.concat(chunks) }),
      );
    });
    parser.on('close', () => resolve({ body, files }));
    parser.on('error', reject);
    request.pipe(parser);
  });
}
