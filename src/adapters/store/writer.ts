import { parentPort, workerData } from 'node:worker_threads';
import { connectWriter } from './connect.ts';
import { groupCommit } from './group-commit.ts';
import type { FromWriter, ToWriter, WriterData } from './start-writer.ts';

// The worker thread that writes. Everything that came in while the disk was busy goes into the next
// commit, so the more is asked for, the more each flush carries. A fault here ends the thread; its owner
// answers for it.

const owner = parentPort;
if (!owner) throw new TypeError('the writer runs in a worker thread');
const say = (message: FromWriter) => owner.postMessage(message);

const db = connectWriter((workerData as WriterData).path);
const commit = groupCommit(db);
let waiting: Extract<ToWriter, { kind: 'write' }>[] = [];

function flush(): void {
  const group = waiting;
  waiting = [];
  const answers = commit(group.map(({ batch }) => batch));
  say({ kind: 'written', ids: group.map(({ id }) => id), answers });
}

owner.on('message', (message: ToWriter) => {
  if (message.kind === 'close') {
    if (waiting.length > 0) flush();
    db.close();
    owner.close();
    return;
  }
  waiting.push(message);
  if (waiting.length === 1) setImmediate(() => waiting.length > 0 && db.isOpen && flush());
});
