import type { Report } from '../commentary/sheet.ts';
import type { Account } from '../domain/account.ts';
import type { Result } from '../domain/result.ts';
import type { AccountId } from '../domain/units.ts';
import type { Gap, Snapshot } from '../portfolio/snapshot.ts';
import type { AccountPoint } from '../ports/account-history.ts';
import type { StreamHealth } from '../ports/venue-stream.ts';
import type { Formatter } from '../replies/format.ts';
import type { Reply } from '../replies/reply.ts';
import type { Translate } from '../replies/translate.ts';
import type { JudgedDesk } from '../risk/probability/judge-desk.ts';
import type { VarScore } from '../risk/var/score-forecasts.ts';
import type { ActionDesk } from './actions/action-desk.ts';
import type { AlertCounter } from './alerts/alert-counter.ts';
import type { PlaceStatus } from './alerts/alert-desk.ts';
import type { MarketView } from './market-view.ts';
import type { ProtectionDesk } from './protection/protection-desk.ts';
import type { Reloaded } from './reloaded.ts';

/**
 * What a person may ask for. `read` is every role's; `act` a trader's, `confirm` that of who asks for
 * acts, a trader or an admin, `approve` an approver's, `decide` anybody's of these, `admin` an admin's. Nobody has a role that is not listed.
 */
export type Access = 'read' | 'act' | 'confirm' | 'approve' | 'decide' | 'admin';

export type Role = 'viewer' | 'trader' | 'approver' | 'admin';

/** Who asks, as the desk knows them. */
export interface Actor {
  readonly person: string;
  readonly roles: readonly Role[];
  /** Accounts this person may see; null means all. */
  readonly accounts: readonly string[] | null;
  readonly network: 'terminal' | 'discord' | 'telegram';
}

/** One argument of a command: positional in this order, or `name=value`. */
export interface OptionSpec {
  readonly name: string;
  readonly type:
    | 'asset'
    | 'account'
    | 'scenario'
    | 'position'
    | 'amount'
    | 'size'
    | 'currency'
    | 'liquidation-price'
    | 'health-factor'
    | 'take-profit'
    | 'stop-loss'
    | 'trail'
    | 'clear'
    | 'token'
    | 'typed-amount'
    | 'count'
    | 'incident'
    | 'duration'
    | 'level'
    | 'rule'
    | 'venue'
    | 'destination'
    | 'scope'
    | 'word';
  /** It has to be given, unless one of these is; empty: always. Absent: it may be left out. */
  readonly neededUnless?: readonly string[];
  /** Only as `name=value`: a bare word more is a slip, not this. */
  readonly isNamed?: true;
}

/** Values of the given options after parsing; absent ones are undefined. */
export type Options = Readonly<Record<string, string | undefined>>;

/** How old everything is that `/status` speaks of. */
export interface DeskStatus {
  readonly version: string;
  readonly startedAt: number;
  readonly loops: readonly { readonly name: string; readonly lastAt: number | null }[];
  /** Chat platforms the desk answers on; empty when none is configured. */
  readonly networks: readonly NetworkStatus[];
  /** Connections that tell of marks and events; absent where none is kept. */
  readonly streams?: readonly StreamHealth[];
  /** Where alerts go; absent where none are kept. Empty: nobody is told. */
  readonly places?: readonly PlaceStatus[];
  /** Why the store takes no more writes; null while it does. */
  readonly storeFault: string | null;
}

export interface NetworkStatus {
  readonly id: string;
  readonly state: 'connected' | 'connecting' | 'credential-lost' | 'closed';
  readonly lastSuccessAt: number | null;
  /** Messages that wait for their turn or for a pause to end. */
  readonly queued: number;
}

export interface CommandContext {
  readonly actor: Actor;
  readonly deskName: string;
  readonly isDemo: boolean;
  /** The accounts this actor may see, in the desk file's order. */
  readonly accounts: readonly Account[];
  /** The desk now, limited to the actor's accounts. Reads the venues unless the last reading is fresh. */
  snapshot(): Promise<Snapshot>;
  /** The desk judged with what the market says: probabilities, and the bands that heed them. */
  judge(snapshot: Snapshot): Promise<JudgedDesk>;
  /** What is known of the market of these assets and instruments now, from memory. */
  market(snapshot: Snapshot): MarketView;
  /** How the stored forecasts of the desk's value at risk did; null while there are none. */
  varScore(): Promise<VarScore | null>;
  /** What each account opened the UTC day with; accounts without a point are absent. */
  openings(): Promise<ReadonlyMap<AccountId, AccountPoint>>;
  /** What each account was worth and needed on the UTC day so far, once a minute. */
  dayPoints(): Promise<readonly AccountPoint[]>;
  status(): DeskStatus;
  /** The write ladder, for this actor. */
  readonly actions: ActionDesk;
  /** The alert desk, for this actor; absent where no alerts are kept. */
  readonly alerts?: AlertCounter;
  /** The latch, the plans and the close of everything; absent where nothing protects the desk. */
  readonly protection?: ProtectionDesk;
  /** Reads the desk file again; absent where nothing runs on. */
  readonly reload?: () => Promise<Reloaded>;
  /** Every command of the desk, for /help. */
  readonly commands: readonly CommandSpec[];
  readonly now: number;
  readonly say: Translate;
  readonly format: Formatter;
}

/** The answer, twice: figures for machines (section 5 of the README's JSON), a reply for people. */
export interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly reply: Reply;
  /** Holes in what this answer speaks of. Any gap makes it partial. */
  readonly gaps: readonly Gap[];
  /** The very figure that was asked for is not known, with or without such holes: partial too. */
  readonly lacksFigure?: boolean;
  /** What can be done about it by a press, where there are buttons. */
  readonly buttons?: readonly AnswerButton[];
  /** It is worth showing again when this line, asked from then on, answers with another `stage`. */
  readonly follow?: { readonly line: string; readonly at: number; readonly stage: string };
  /** What a reading of it is made from, when one is wanted; absent: it has none. */
  readonly report?: () => Promise<Report>;
  /** `ask` exits with it; absent: 3 when partial, else 0. */
  readonly exit?: 0 | 2 | 3;
}

/** A line that a press asks, with the rights of the person who presses, at that moment. */
export interface AnswerButton {
  readonly label: string;
  readonly style: 'plain' | 'danger' | 'success';
  readonly line: string;
  /** Something has to be typed first; it becomes the last word of the line. */
  readonly typed?: { readonly title: string; readonly label: string; readonly example: string };
}

/** A refusal the asker can mend: unknown asset, unknown account. Localised. */
export interface Refusal {
  readonly text: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly access: Access;
  /** Its figures rest on candles and funding: an answer waits a moment for those. */
  readonly usesMarket?: true;
  readonly options: readonly OptionSpec[];
  run(context: CommandContext, options: Options): Promise<Result<Answer, Refusal>>;
}

/** Only checks the shape at compile time; a command is plain data. */
export function defineCommand(spec: CommandSpec): CommandSpec {
  return spec;
}
