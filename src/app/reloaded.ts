/** What reading the desk file again came to. */
export type Reloaded =
  | {
      readonly kind: 'taken-over';
      /** What is different now. */
      readonly sections: readonly string[];
      /** What differs in the file and needs a restart: the old one holds until then. */
      readonly restart: readonly string[];
    }
  /** Lines ready to print; nothing has changed. */
  | { readonly kind: 'faulty'; readonly problems: readonly string[] }
  /** The demo desk has no file. */
  | { readonly kind: 'demo' };
