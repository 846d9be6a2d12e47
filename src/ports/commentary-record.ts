/** What is kept of one attempt to have a report ranked by a model. No word of a model or of a prompt. */
export interface CommentaryAttempt {
  readonly at: number;
  readonly trigger: string;
  readonly promptVersion: number;
  /** Of what was sent: the same sheet has the same hash. */
  readonly sheetHash: string;
  readonly host: string | null;
  readonly modelAsked: string | null;
  readonly modelAnswered: string | null;
  readonly isFromMemory: boolean;
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
  readonly costUsd: string | null;
  readonly tookMs: number;
  /** Why there is no plan; null: there is one. */
  readonly fault: string | null;
  /** The plan, in ids alone: with the report it makes the same text again, byte for byte. */
  readonly plan: unknown;
  /** By item: what was wrong with it, or `ok`. */
  readonly verdicts: readonly string[];
  readonly shown: number;
  readonly proven: number;
  readonly mode: 'rule' | 'plan';
  /** The report moved on while the model thought: nothing was posted. */
  readonly hasMoved: boolean;
  readonly snapshotAt: number;
  readonly textHash: string;
}

/** Takes a line per attempt. Never rejects and never delays an answer. */
export interface CommentaryRecord {
  attempted(line: CommentaryAttempt): void;
}
