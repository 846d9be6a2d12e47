/**
 * What Discord takes, from its API documentation (messages, embeds, components, application
 * commands; read 2026-11). Lengths are counted in UTF-16 units, which is never less than Discord's
 * own count.
 */
export const LIMITS = {
  content: 2000,
  embeds: 10,
  embedTitle: 256,
  embedDescription: 4096,
  embedFields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  author: 256,
  /** Titles, descriptions, field names and values, footers and authors of all embeds together. */
  embedTotal: 6000,
  rows: 5,
  buttonsPerRow: 5,
  buttonLabel: 80,
  /** Discord takes 100 signs; our tokens have to fit Telegram's 64 bytes as well. */
  customIdBytes: 64,
  modalTitle: 45,
  modalLabel: 45,
  files: 10,
  fileBytes: 20 * 1024 * 1024,
  altText: 1024,
  nonce: 25,
  choices: 25,
  choiceText: 100,
  commands: 100,
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
} as const;
