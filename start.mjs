// Plain JavaScript on purpose: under an old Node the TypeScript entry would only be a syntax error.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Plimsoll needs Node 24; this is ${process.versions.node}. ` +
      'Run it with "npm start" after "npm ci" (which brings Node 24 along), or install Node 24.',
  );
  process.exit(1);
}
// Asked to stop while still loading is no failure; the console listens for itself once it stands.
if (process.argv.length === 2) {
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
}
// Compiled code is kept between starts; it halves the time to the first answer.
const { enableCompileCache } = await import('node:module');
enableCompileCache();
await import('./src/main.ts');
