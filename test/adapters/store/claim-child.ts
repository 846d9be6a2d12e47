import { claimConsole } from '../../../src/adapters/store/claim-console.ts';

// Claims the store named and says how that went; holds it until it is killed.
const claimed = await claimConsole(process.argv[2] ?? '', () => {});
process.stdout.write(claimed.ok ? 'held\n' : `${claimed.error.kind}\n`);
if (claimed.ok) setInterval(() => {}, 60_000);
