import { askMode } from './wire/ask-mode.ts';
import { checkMode } from './wire/check-mode.ts';
import { consoleMode } from './wire/console-mode.ts';
import { log } from './wire/parts.ts';
import { vectorsMode } from './wire/vectors-mode.ts';

async function main([mode, ...words]: readonly string[]): Promise<number> {
  switch (mode) {
    case undefined:
      return consoleMode();
    case 'ask':
      return askMode(words);
    case 'check':
      return checkMode();
    case 'vectors':
      return vectorsMode(words);
    default:
      process.stderr.write(`${mode}: expected nothing, ask, check or vectors\n`);
      return 2;
  }
}

try {
  process.loadEnvFile();
} catch {
  // No .env is the normal case.
}
// Whoever read our output has left, as `| head` does: nothing to say, nobody to say it to.
process.stdout.on('error', () => process.exit(0));
process.on('unhandledRejection', (cause) => {
  log.error('unhandled rejection', { error: cause instanceof Error ? cause.name : 'unknown' });
});
// Sockets kept alive by venue clients must not keep a finished command waiting.
process.exit(await main(process.argv.slice(2)));
