import { isScalar, LineCounter, type Node, parseDocument, type Scalar, visit } from 'yaml';
import { SECRET_KEYS } from './desk-schema.ts';
import type { Problem } from './problem.ts';

export interface YamlFile {
  /** The document with every `${NAME}` replaced. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Line of the node at a path, or of its nearest ancestor that exists. */
  lineOf(path: readonly PropertyKey[]): number | null;
}

export interface YamlSource {
  readonly text: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True when only the file's owner can read it: then secrets may stand in it literally. */
  readonly ownerOnly: boolean;
}

const PLACEHOLDER = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** An address in which a password stands, not a placeholder for one. */
const WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/@:\s]*:(?!\$\{)[^/@\s]+@/i;

/**
 * Parses the desk file, replaces `${NAME}` by the environment and refuses literal secrets in a file
 * that others can read. Every problem is collected; none stops the reading.
 */
export function readYaml(source: YamlSource): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (node: Node | null | undefined): number | null =>
    node?.range ? lines.linePos(node.range[0]).line : null;
  // One mistake in YAML breaks everything behind it: only the first error says something.
  const problems: Problem[] = document.errors.slice(0, 1).map((error) => ({
    path: 'YAML',
    line: lines.linePos(error.pos[0]).line,
    // The parser's own message may quote the line, which may hold a secret: only its code is shown.
    message: `cannot be read (${error.code.toLowerCase().replaceAll('_', ' ')}); check indentation, quotes and colons`,
  }));
  if (problems.length === 0) {
    visit(document, {
      Scalar(key, node, ancestors) {
        if (key === 'key' || typeof node.value !== 'string') return;
        const name = keyName(ancestors);
        const where = { path: name ?? 'value', line: lineAt(node) };
        checkLiteral(node, name, { source, where, problems });
        node.value = interpolate(node.value, source.env, (missing) =>
          problems.push({
            ...where,
            message: `the environment variable ${missing} is not set; set it (or put it in .env)`,
          }),
        );
      },
    });
  }
  return {
    value: problems.some((problem) => problem.path === 'YAML') ? null : document.toJS(),
    problems,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const node = document.getIn(path.slice(0, length), true);
        if (node) return lineAt(node as Node);
      }
      return null;
    },
  };
}

function keyName(ancestors: readonly unknown[]): string | null {
  const parent = ancestors.at(-1) as { key?: unknown } | undefined;
  return isScalar(parent?.key) ? String(parent.key.value) : null;
}

function checkLiteral(
  node: Scalar,
  name: string | null,
  context: {
    source: YamlSource;
    where: { path: string; line: number | null };
    problems: Problem[];
  },
): void {
  if (name === null || context.source.ownerOnly) return;
  const text = String(node.value).trim();
  if (!SECRET_KEYS.has(name) && !WITH_PASSWORD.test(text)) return;
  if (/^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(text)) return;
  context.problems.push({
    ...context.where,
    message:
      'is a secret written into a file that others can read; write ${NAME} and set it in the environment, or chmod 600 the file',
  });
}

function interpolate(
  raw: string,
  env: YamlSource['env'],
  onMissing: (name: string) => void,
): string {
  return raw.replace(PLACEHOLDER, (_, name: string) => {
    const value = env[name];
    if (value === undefined || value === '') {
      onMissing(name);
      return '';
    }
    return value;
  });
}
