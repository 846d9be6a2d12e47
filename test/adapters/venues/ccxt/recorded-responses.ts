import { existsSync, readFileSync } from 'node:fs';

const FOLDER = `${process.env['PLIMSOLL_FIXTURES'] ?? '../shared/fixtures'}/recorded-responses/response`;

interface Recording {
  readonly description: string;
  readonly httpResponse: unknown;
}

/** A venue's recorded replies by ccxt method and description, or null when the folder is not here. */
export function recordedResponses(
  venue: string,
): ((method: string, description: string) => unknown) | null {
  const file = `${FOLDER}/${venue}.json`;
  if (!existsSync(file)) return null;
  const { methods } = JSON.parse(readFileSync(file, 'utf8')) as {
    methods: Record<string, readonly Recording[]>;
  };
  return (method, description) => {
    const found = methods[method]?.find((each) => each.description === description);
    if (found === undefined) throw new Error(`no recording of ${method}: ${description}`);
    return found.httpResponse;
  };
}
