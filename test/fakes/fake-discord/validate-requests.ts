import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RecordedRequest } from './world.ts';

const FIXTURES = process.env['PLIMSOLL_FIXTURES'] ?? join('..', 'shared', 'fixtures');
const FILE = join(FIXTURES, 'chat-specs', 'discord-openapi.json');

/** False where the fixture is absent: tests say so by skipping. */
export const hasDiscordSpec = existsSync(FILE);

/** Where the published description is known to be wrong or older than the platform, by name. */
const KNOWN_DEVIATIONS: readonly {
  readonly name: string;
  fits(request: RecordedRequest, problem: string): boolean;
}[] = [];

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>;
}

interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, unknown>> };
}

export interface Validation {
  readonly checked: number;
  readonly problems: readonly string[];
}

/** Checks the bodies of recorded requests against Discord's own published description. */
export function createRequestValidator(): (requests: readonly RecordedRequest[]) => Validation {
  const spec = JSON.parse(readFileSync(FILE, 'utf8')) as Spec;
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(spec, 'discord');
  const compiled = new Map<string, ValidateFunction | null>();
  const validatorOf = (template: string, method: string): ValidateFunction | null => {
    const key = `${method} ${template}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const operation = spec.paths[template]?.[method];
    const hasBody = operation?.requestBody?.content?.['application/json'] !== undefined;
    const pointer = template.replaceAll('~', '~0').replaceAll('/', '~1');
    const at = `discord#/paths/${encodeURIComponent(pointer)}/${method}/requestBody/content/application~1json/schema`;
    const validate = hasBody ? ajv.compile({ $ref: at }) : null;
    compiled.set(key, validate);
    return validate;
  };
  return (requests) => {
    const problems: string[] = [];
    let checked = 0;
    for (const request of requests) {
      const template = templateOf(request.path, Object.keys(spec.paths));
      const method = request.method.toLowerCase();
      if (template === null || spec.paths[template]?.[method] === undefined) {
        problems.push(`${request.method} ${request.path}: not in the description`);
        continue;
      }
      const validate = validatorOf(template, method);
      checked += 1;
      if (validate === null || validate(request.body)) continue;
      for (const error of validate.errors ?? []) {
        const problem = `${request.method} ${template} ${error.instancePath} ${error.message}`;
        if (!KNOWN_DEVIATIONS.some((known) => known.fits(request, problem))) problems.push(problem);
      }
    }
    return { checked, problems };
  };
}

/** `/channels/123/messages` → `/channels/{channel_id}/messages`; literal parts win. */
function templateOf(path: string, templates: readonly string[]): string | null {
  const parts = path.split('/');
  const fitting = templates.filter((template) => {
    const wanted = template.split('/');
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part.startsWith('{') || part === parts[index])
    );
  });
  const literals = (template: string) =>
    template.split('/').filter((part) => !part.startsWith('{')).length;
  return fitting.sort((a, b) => literals(b) - literals(a))[0] ?? null;
}
