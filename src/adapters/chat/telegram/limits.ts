/** What the Bot API lets through (core.telegram.org/bots/api, 10.1, read 2026-11; else as marked). */
export const LIMITS = {
  /** Characters of a message after its markup is read. Counted in UTF-16 units: never too few. */
  text: 4096,
  caption: 1024,
  callbackDataBytes: 64,
  callbackAnswer: 200,
  /** Beyond this Telegram drops markup without a word (reported, not in the documentation). */
  entities: 100,
  /** Reported, not in the documentation. */
  buttonsPerRow: 8,
  buttons: 100,
  /** Ours: a longer label is cut off by every client. */
  buttonLabel: 60,
  photoBytes: 10 * 1024 * 1024,
  photoSides: 10_000,
  photoRatio: 20,
  commands: 100,
  commandName: /^[a-z0-9_]{1,32}$/,
  commandDescription: 256,
} as const;
