/**
 * The tables as Kysely sees them. The common subset of SQLite and PostgreSQL: text and whole numbers
 * only; instants are epoch ms; money, ratios and doubles are decimal text, which both keep to the digit;
 * JSON is text that no query looks into.
 */
export interface Tables {
  readonly candle: {
    readonly venue: string;
    readonly symbol: string;
    readonly interval: string;
    readonly open_time: number;
    readonly asset: string;
    readonly open: string;
    readonly high: string;
    readonly low: string;
    readonly close: string;
    readonly source: string;
  };
  readonly funding_payment: {
    readonly venue: string;
    readonly symbol: string;
    readonly paid_at: number;
    readonly rate: string;
    readonly interval_ms: number | null;
  };
  readonly account_point: {
    readonly account: string;
    /** Minutes since 1970: one point a minute is the key, not a rule somebody has to keep. */
    readonly minute: number;
    readonly at: number;
    readonly equity_usd: string | null;
    readonly initial_margin_usd: string | null;
    readonly maintenance_margin_usd: string | null;
    readonly health_factor: string | null;
  };
  readonly var_forecast: {
    readonly book: string;
    readonly method: string;
    readonly day: number;
    readonly made_at: number;
    readonly var99_usd: string;
    readonly es975_usd: string;
    readonly var95_usd: string | null;
    readonly var975_usd: string | null;
    readonly exposures: string;
    readonly outcome_pnl_usd: string | null;
    readonly outcome_at: number | null;
  };
  readonly account_reading: {
    readonly account: string;
    readonly read_at: number;
    readonly version: number;
    readonly body: string;
  };
  readonly fact: {
    readonly name: string;
    readonly value: string;
  };
  readonly action: {
    readonly id: string;
    readonly token_hash: string;
    readonly state: string;
    readonly revision: number;
    readonly kind: string;
    readonly account: string;
    readonly requested_by: string;
    readonly counted_usd: string | null;
    readonly created_at: number;
    readonly updated_at: number;
    readonly expires_at: number;
    readonly body: string;
  };
  readonly audit_line: {
    readonly sequence: number;
    readonly previous: string;
    readonly entry: string;
    readonly hash: string;
  };
  /** One row, from the first day: where the chain ends. Sequence 0 before the first line. */
  readonly audit_head: {
    readonly sequence: number;
    readonly hash: string;
  };
  /** One row, from the first day. Fence 0: nobody has led yet. */
  readonly alert_lead: {
    readonly fence: number;
    readonly boot: string;
    /** The last event's sequence. */
    readonly events: number;
  };
  readonly alert_row: {
    readonly kind: string;
    readonly id: string;
    readonly body: string;
  };
  readonly alert_event: {
    /** Counts up in the order of commits, which instants need not do. */
    readonly sequence: number;
    readonly at: number;
    readonly body: string;
  };
}
