/** One thing wrong with the configuration: where, and what to do. Never holds a value, values may be secrets. */
export interface Problem {
  /** `accounts[0].apiKey`, or the name of an environment variable. */
  readonly path: string;
  /** Line in the desk file, or null when it is not about one. */
  readonly line: number | null;
  readonly message: string;
}

export function formatProblem(problem: Problem, file: string): string {
  const where = problem.line === null ? '' : `${file}:${problem.line} `;
  return `${where}${problem.path}: ${problem.message}`;
}

/** `accounts[0].apiKey` from zod's path; the file as a whole has none. */
export function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'desk file';
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
