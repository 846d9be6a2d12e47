import { LIMITS } from './limits.ts';
import type { DiscordMessage, MessageEmbed } from './message.ts';

export interface LimitBreach {
  readonly what: string;
  readonly limit: number;
  readonly actual: number;
}

/** Every limit of Discord's that a message breaks; none for one that may go. */
export function checkLimits({ body, files }: DiscordMessage): LimitBreach[] {
  const buttons = body.components.flatMap((row) => row.components);
  const ids = buttons.map((button) => button.custom_id);
  const hasContent = body.content !== '' || body.embeds.length > 0 || files.length > 0;
  return breaches([
    ['content', LIMITS.content, body.content.length],
    ['nothing to show', 0, hasContent ? 0 : 1],
    ['embeds', LIMITS.embeds, body.embeds.length],
    ...body.embeds.flatMap(embedSizes),
    ['all embeds', LIMITS.embedTotal, sum(body.embeds.map(embedTotal))],
    ['rows', LIMITS.rows, body.components.length],
    ...body.components.flatMap((row): Size[] => [
      ['buttons in a row', LIMITS.buttonsPerRow, row.components.length],
      ['rows without buttons', 0, row.components.length === 0 ? 1 : 0],
    ]),
    ...buttons.flatMap((button): Size[] => [
      ['button label', LIMITS.buttonLabel, button.label.length],
      ['buttons without label', 0, button.label === '' ? 1 : 0],
      ['custom id', LIMITS.customIdBytes, Buffer.byteLength(button.custom_id)],
      ['empty custom ids', 0, button.custom_id === '' ? 1 : 0],
    ]),
    ['repeated custom ids', 0, ids.length - new Set(ids).size],
    ['files', LIMITS.files, files.length],
    ['bytes of files', LIMITS.fileBytes, Math.max(0, ...files.map(({ data }) => data.length))],
    ...body.attachments.map(
      ({ description }): Size => ['alt text', LIMITS.altText, description?.length ?? 0],
    ),
  ]);
}

type Size = readonly [what: string, limit: number, actual: number];

function breaches(sizes: readonly Size[]): LimitBreach[] {
  return sizes
    .filter(([, limit, actual]) => actual > limit)
    .map(([what, limit, actual]) => ({ what, limit, actual }));
}

function embedSizes(embed: MessageEmbed): Size[] {
  const fields = embed.fields ?? [];
  return [
    ['embed title', LIMITS.embedTitle, embed.title?.length ?? 0],
    ['embed description', LIMITS.embedDescription, embed.description?.length ?? 0],
    ['embed footer', LIMITS.footer, embed.footer?.text.length ?? 0],
    ['embed author', LIMITS.author, embed.author?.name.length ?? 0],
    ['embed fields', LIMITS.embedFields, fields.length],
    ...fields.flatMap((field): Size[] => [
      ['field name', LIMITS.fieldName, field.name.length],
      ['field value', LIMITS.fieldValue, field.value.length],
    ]),
  ];
}

function embedTotal(embed: MessageEmbed): number {
  const fields = (embed.fields ?? []).flatMap(({ name, value }) => [name.length, value.length]);
  const parts = [embed.title, embed.description, embed.footer?.text, embed.author?.name];
  return sum([...parts.map((text) => text?.length ?? 0), ...fields]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
