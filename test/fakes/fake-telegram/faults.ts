/** What goes wrong with one request. */
export type Fault =
  | {
      readonly kind: 'refuse';
      readonly code: number;
      readonly description: string;
      readonly parameters?: Readonly<Record<string, number>>;
    }
  /** A proxy's page instead of an answer. */
  | { readonly kind: 'page'; readonly status: number }
  /** Taken, never answered. */
  | { readonly kind: 'hang' }
  /** Carried out, but the answer is lost on the way. */
  | { readonly kind: 'lost-answer' };

/** `seconds` may have a fraction; null: Telegram does not say how long. */
export function tooMany(seconds: number | null): Fault {
  return {
    kind: 'refuse',
    code: 429,
    description: `Too Many Requests: retry after ${seconds ?? ''}`.trim(),
    ...(seconds === null ? {} : { parameters: { retry_after: seconds } }),
  };
}

export const FAULTS = {
  serverError: { kind: 'refuse', code: 500, description: 'Internal Server Error' },
  badGateway: { kind: 'page', status: 502 },
  hang: { kind: 'hang' },
  lostAnswer: { kind: 'lost-answer' },
  unauthorized: { kind: 'refuse', code: 401, description: 'Unauthorized' },
  conflict: {
    kind: 'refuse',
    code: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  },
  markup: {
    kind: 'refuse',
    code: 400,
    description: "Bad Request: can't parse entities: Unsupported start tag",
  },
  picture: { kind: 'refuse', code: 400, description: 'Bad Request: IMAGE_PROCESS_FAILED' },
} as const satisfies Record<string, Fault>;
