import { readFileSync } from 'node:fs';
import { evaluateVectors } from '../app/evaluate-vectors.ts';

/** Golden vectors, by the very functions the desk runs on. */
export function vectorsMode([file]: readonly string[]): number {
  if (file === undefined) {
    process.stderr.write('vectors: name a file: npm run vectors -- FILE\n');
    return 2;
  }
  const text = readText(file);
  if (text === null) {
    process.stderr.write(`vectors: ${file} cannot be read; name a file of golden vectors\n`);
    return 2;
  }
  const evaluated = evaluateVectors(text);
  if (!evaluated.ok) {
    process.stderr.write(`${file}: ${evaluated.error}\n`);
    return 2;
  }
  const { lines, summary } = evaluated.value;
  for (const line of [...lines, summary]) process.stdout.write(`${JSON.stringify(line)}\n`);
  return summary.fail > 0 ? 1 : 0;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
