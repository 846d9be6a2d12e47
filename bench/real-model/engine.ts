import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ENGINE = 'node-llama-cpp@3.22.1';
/** A folder of its own: the engine has 725 MB and is no part of the program. */
export const FOLDER = join(homedir(), '.cache', 'plimsoll-real-model');

/** Writes the rest of a prompt, in the form that the grammar allows. */
export type Complete = (prompt: string, grammar: string, seed: number) => Promise<string>;

/** Null: the engine is not here and could not be had. */
export async function openEngine(weights: Buffer): Promise<Complete | null> {
  const entry = join(FOLDER, 'node_modules/node-llama-cpp/dist/index.js');
  if (!existsSync(entry) && !install()) return null;
  const path = join(FOLDER, 'tiny-random.gguf');
  writeFileSync(path, weights);
  const engine = await import(pathToFileURL(entry).href);
  const llama = await engine.getLlama({ gpu: false, build: 'never', logLevel: 'error' });
  const model = await llama.loadModel({ modelPath: path });
  const context = await model.createContext({ contextSize: 8192, threads: 1 });
  const completion = new engine.LlamaCompletion({ contextSequence: context.getSequence() });
  return async (prompt, grammar, seed) =>
    completion.generateCompletion(prompt, {
      grammar: new engine.LlamaGrammar(llama, { grammar }),
      ...{ maxTokens: 600, temperature: 1.2, seed },
    });
}

function install(): boolean {
  try {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'package.json'), '{"private":true}');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...flags, ENGINE], { cwd: FOLDER, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
