/** For operators. Never the audit, never shown to a person, never given a secret or a venue's own text. */
export interface Log {
  error(event: string, fields: Readonly<Record<string, string | number | null>>): void;
  warn(event: string, fields: Readonly<Record<string, string | number | null>>): void;
}
