/** A cryptographic hash of a text, as hex: SHA-256 outside of tests. The core is handed one. */
export type HashText = (text: string) => string;
