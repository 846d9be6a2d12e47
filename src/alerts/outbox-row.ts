import type { IntentReason, Level } from './alert.ts';

/** Most urgent first. */
export const LANES = [
  'EMERG',
  'CRIT',
  'ESCALATION',
  'RESOLVED_CRIT',
  'WARN',
  'EDIT',
  'INFO',
] as const;
export type Lane = (typeof LANES)[number];

/** One message on its way to one destination. Its id is its key against repeats. */
export interface OutboxRow {
  readonly id: string;
  readonly destination: string;
  readonly incident: string;
  readonly op: 'send' | 'edit' | 'reply';
  readonly lane: Lane;
  readonly reason: IntentReason;
  readonly level: Level;
  readonly isSilent: boolean;
  /** Ids of the parcels that this message delivers. */
  readonly parcels: readonly string[];
  /** Incidents named along by an EMERG message while a digest holds them. */
  readonly carried: readonly string[];
  readonly state: 'pending' | 'inflight';
  readonly createdAt: number;
  readonly dueAt: number;
  readonly expiresAt: number;
  readonly attempts: number;
  /** Of the claim that sends it; a settlement without it is somebody else's. */
  readonly claim: string | null;
  readonly leaseUntil: number | null;
  /** When an attempt first ended without anybody knowing how; null: never. */
  readonly unknownAt: number | null;
  /** 0 whole, 1 without tables, 2 the headline in plain letters. */
  readonly stage: 0 | 1 | 2;
  /**
   * An edit that only adds a reading, made for this version of the incident. Whatever else goes there takes its
   * place; absent: an ordinary message.
   */
  readonly reads?: number;
  /** The fallback was told too, because this one takes too long. */
  readonly fellBack: boolean;
}
