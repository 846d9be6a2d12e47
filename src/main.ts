import { faultTrace } from './domain/fault-trace.ts';
import { log } from './wire/parts.ts';

/** Each mode is loaded when it is the one: reading the others' files would only delay the first answer. */
async function main([mode, ...words]: readonly string[]): Promise<number> {
  switch (mode) {
    case undefined:
      return (await import('./wire/console-mode.ts')).consoleMode();
    case 'ask':
      return (await import('./wire/ask-mode.ts')).askMode(words);
    case 'audit':
      return (await import('./wire/audit-mode.ts')).auditMode(words);
    case 'check':
      return words.includes('--model-request')
        ? (await import('./wire/model-request-mode.ts')).modelRequestMode()
        : (await import('./wire/check-mode.ts')).checkMode();
    case 'drill':
      return (await import('./wire/drill-mode.ts')).drillMode(words);
    case 'vectors':
      return (await import('./wire/vectors-mode.ts')).vectorsMode(words);
    default:
      process.stderr.write(`${mode}: expected nothing, ask, audit, check, drill or vectors\n`);
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
  log.error('unhandled rejection', { error: faultTrace(cause) });
});
// Node would print the error with all that a library hung on it: addresses, headers, keys.
process.on('uncaughtException', (cause) => {
  log.error('the program broke', { error: faultTrace(cause) });
  process.exit(1);
});
const exit = await main(process.argv.slice(2));
// A pipe takes 128 KB at once: leaving before the reader has the rest would cut off a long answer.
await new Promise<void>((done) => process.stdout.write('', () => done()));
// Sockets kept alive by venue clients must not keep a finished command waiting.
process.exit(exit);
