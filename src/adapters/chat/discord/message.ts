/** What is sent to Discord, in the words of its API; pictures and texts travel beside the body. */
export interface DiscordMessage {
  readonly body: MessageBody;
  readonly files: readonly MessageFile[];
}

export interface MessageBody {
  readonly content: string;
  readonly embeds: readonly MessageEmbed[];
  /** Always there: an edit without the key would leave old buttons standing. */
  readonly components: readonly ButtonRow[];
  /** Always there: an edit keeps only the files listed here. */
  readonly attachments: readonly Attachment[];
  readonly allowed_mentions: { readonly parse: readonly never[] };
}

export interface MessageEmbed {
  readonly description?: string;
  readonly color?: number;
  readonly image?: { readonly url: string };
  readonly title?: string;
  readonly footer?: { readonly text: string };
  readonly author?: { readonly name: string };
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

export interface ButtonRow {
  readonly type: 1;
  readonly components: readonly MessageButton[];
}

interface MessageButton {
  readonly type: 2;
  readonly style: 2 | 3 | 4;
  readonly label: string;
  readonly custom_id: string;
}

interface Attachment {
  /** The place of the file among the files sent along; text, as its description demands. */
  readonly id: string;
  readonly filename: string;
  readonly description?: string;
}

export interface MessageFile {
  readonly name: string;
  readonly data: Uint8Array;
  readonly contentType: string;
}

/** Nobody is ever notified by what is in a text. */
export const NO_MENTIONS: MessageBody['allowed_mentions'] = { parse: [] };
