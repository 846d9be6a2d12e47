import type { Account } from '../domain/account.ts';
import type { VenueError } from '../domain/venue-error.ts';
import { mergeReading, neverRead } from '../portfolio/merge-reading.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { ChatCheck } from '../ports/chat-check.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { PushCheck } from '../ports/push-check.ts';
import type { AccountInspection, AccountReader } from '../ports/venue.ts';
import type { Formatter } from '../replies/format.ts';
import { gapReason, gapText } from '../replies/gap-text.ts';
import type { Cell, Note, Reply, Severity, Table } from '../replies/reply.ts';
import { figure } from '../replies/table-of.ts';
import type { Translate } from '../replies/translate.ts';
import { type ExaminedChats, examineChats } from './examine-chats.ts';
import { examinePlaces } from './examine-places.ts';
import { guardedInspect, guardedRead } from './guarded-reader.ts';

export interface DoctorDeps {
  readonly deskName: string;
  readonly accounts: readonly Account[];
  readonly readers: readonly AccountReader[];
  /** What the configured chat platforms said; empty when none is configured. */
  readonly chats: readonly ChatCheck[];
  /** What the destinations that only receive said; empty when none is configured. */
  readonly places: readonly PushCheck[];
  /** Accounts whose desk-file entry asks for trading. */
  readonly tradeAccess: ReadonlySet<string>;
  readonly unusedSections: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs: number;
  readonly say: Translate;
  readonly format: Formatter;
}

/** Beyond this the venues begin to refuse; half of it is worth a word already. */
const CLOCK_FAULT_MS = 5000;
const CLOCK_WARN_MS = 1000;

interface Finding {
  readonly account: Account;
  readonly snapshot: AccountSnapshot;
  /** Null: the venue could not be asked; the reason is in the notes. */
  readonly inspection: AccountInspection | null;
  readonly notes: readonly Note[];
  readonly isFaulty: boolean;
}

/** Asks every account how it is and says, with what the chats said, in words, what to do about each fault. */
export async function inspectDesk(
  deps: DoctorDeps,
): Promise<{ readonly reply: Reply; readonly exit: 0 | 3 }> {
  const findings = await Promise.all(
    deps.readers.flatMap((reader) => {
      const account = deps.accounts.find(({ id }) => id === reader.account);
      return account ? [examine(account, reader, deps)] : [];
    }),
  );
  const faulty = findings.filter(({ isFaulty }) => isFaulty).length;
  const ways = [examineChats(deps.chats, deps.say), examinePlaces(deps.places, deps.say)];
  const exit = faulty > 0 || ways.some(({ notes }) => notes.length > 0) ? 3 : 0;
  return { reply: layOut({ findings, faulty, ways }, deps), exit };
}

async function examine(
  account: Account,
  reader: AccountReader,
  deps: DoctorDeps,
): Promise<Finding> {
  const { clock } = deps;
  const [inspected, reading] = await Promise.all([
    guardedInspect(reader, deps),
    guardedRead(reader, deps),
  ]);
  const snapshot = mergeReading(neverRead(account), reading, clock.now());
  const inspection = inspected.ok ? inspected.value : null;
  const keyFault = inspected.ok ? [] : keyNotes(account, inspected.error, snapshot, deps);
  const clockOff = Math.abs(inspection?.clockOffsetMs ?? 0);
  const notes = [
    ...snapshot.gaps.map((gap) => ({
      text: gapText(gap, { ...deps, now: clock.now() }),
      severity: 'crit' as const,
    })),
    ...keyFault,
    ...(inspection ? inspectionNotes(account, inspection, deps) : []),
  ];
  const isFaulty =
    snapshot.gaps.some(({ kind }) => kind !== 'unsupported') ||
    (!inspected.ok && inspected.error.kind !== 'unsupported') ||
    inspection?.mayWithdraw === true ||
    clockOff >= CLOCK_FAULT_MS;
  return { account, snapshot, inspection, notes, isFaulty };
}

/** Why the key could not be looked at, unless the reading has just said the same. */
function keyNotes(
  account: Account,
  error: VenueError,
  snapshot: AccountSnapshot,
  deps: DoctorDeps,
): Note[] {
  if (snapshot.gaps.some(({ kind }) => kind === error.kind)) return [];
  const gap = {
    account: account.id,
    venue: account.venue,
    scope: 'account' as const,
    lastGoodAt: null,
    ...error,
  };
  const reason = gapReason(gap, { ...deps, now: deps.clock.now() });
  const severity = error.kind === 'unsupported' ? 'watch' : 'crit';
  return [{ text: deps.say('doctor.keyUnreadable', { account: account.id, reason }), severity }];
}

function inspectionNotes(
  { id: account }: Account,
  inspection: AccountInspection,
  { say, tradeAccess }: DoctorDeps,
): Note[] {
  const notes: Note[] = [];
  const note = (severity: Severity, text: string) => notes.push({ severity, text });
  if (inspection.mayWithdraw === true) note('emerg', say('doctor.withdraw', { account }));
  if (inspection.mayTrade === false && tradeAccess.has(account)) {
    note('warn', say('doctor.readOnly', { account }));
  }
  if (inspection.hasIpList === false) note('warn', say('doctor.noIpList', { account }));
  const off = inspection.clockOffsetMs;
  if (off !== null && Math.abs(off) >= CLOCK_WARN_MS) {
    const severity = Math.abs(off) >= CLOCK_FAULT_MS ? 'crit' : 'warn';
    note(severity, say('doctor.clockOff', { account, offset: `${off} ms` }));
  }
  return notes;
}

interface Found {
  readonly findings: readonly Finding[];
  readonly faulty: number;
  /** Chats, and destinations that only receive. */
  readonly ways: readonly ExaminedChats[];
}

function layOut({ findings, faulty, ways }: Found, deps: DoctorDeps): Reply {
  const { say } = deps;
  const notes = [
    ...findings.flatMap((finding) => finding.notes),
    ...ways.flatMap((way) => way.notes),
  ];
  const unused = deps.unusedSections.join(', ');
  const count = findings.length - faulty;
  return {
    title: say('doctor.title', { desk: deps.deskName }),
    severity: faulty > 0 || ways.some((way) => way.notes.length > 0) ? 'crit' : 'ok',
    figures: [
      figure(
        say('doctor.accounts'),
        say('doctor.fine', { count, faulty }),
        faulty > 0 ? 'crit' : 'ok',
      ),
    ],
    tables: [accountTable(findings, deps), ...ways.flatMap(({ table }) => table ?? [])],
    paragraphs: [
      ...(unused === '' ? [] : [say('doctor.unused', { sections: unused })]),
      ...(notes.length === 0 ? [say('doctor.allFine')] : []),
    ],
    notes,
    takenAt: deps.clock.now(),
  };
}

function accountTable(findings: readonly Finding[], deps: DoctorDeps): Table {
  const { say } = deps;
  return {
    caption: null,
    columns: [
      { label: say('column.account'), align: 'left', priority: 1 },
      { label: say('doctor.column.reading'), align: 'left', priority: 1 },
      { label: say('doctor.column.key'), align: 'left', priority: 2 },
      { label: say('doctor.column.clock'), align: 'right', priority: 4 },
      { label: say('doctor.column.modes'), align: 'left', priority: 5 },
      { label: say('doctor.column.positions'), align: 'left', priority: 3 },
    ],
    rows: findings.map((finding) => rowOf(finding, deps)),
    empty: say('status.noAccounts'),
  };
}

function rowOf({ account, snapshot, inspection, isFaulty }: Finding, deps: DoctorDeps): Cell[] {
  const { say } = deps;
  const cell = (text: string, severity: Severity | null = null): Cell => ({ text, severity });
  const offset = inspection?.clockOffsetMs ?? null;
  const categories = inspection?.categories ?? [];
  return [
    cell(account.id, isFaulty ? 'crit' : null),
    cell(say(readingKey(snapshot))),
    cell(say(keyKey(inspection)), inspection?.mayWithdraw === true ? 'emerg' : null),
    cell(offset === null ? '–' : `${offset} ms`),
    cell(inspection?.modes.join(', ') || '–'),
    cell(
      categories.map(({ name, positions }) => `${name} ${positions}`).join(', ') ||
        (snapshot.positionsAt === null ? '–' : String(snapshot.positions.length)),
    ),
  ];
}

function readingKey({ status, gaps }: AccountSnapshot) {
  if (status === 'missing') return 'doctor.fails';
  return gaps.length > 0 ? 'doctor.partly' : 'doctor.reads';
}

function keyKey(inspection: AccountInspection | null) {
  if (!inspection || inspection.mayTrade === null) return 'doctor.key.unknown';
  if (inspection.mayWithdraw === true) return 'doctor.key.withdraw';
  return inspection.mayTrade ? 'doctor.key.trade' : 'doctor.key.read';
}
