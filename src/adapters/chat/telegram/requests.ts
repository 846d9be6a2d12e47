import { type Api, InputFile } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { ChatPlace } from '../../../ports/chat.ts';
import type { Card } from './check-limits.ts';
import { classifyError } from './classify-error.ts';
import { readHtml } from './html-text.ts';
import type { Call } from './post.ts';

type Make = Call['make'];
type Style = Parameters<Make>[1];

/** The Bot API requests that show something at a place. Each gives the id of the message. */
export interface Requests {
  sendText(card: Card): Make;
  sendPhoto(card: Card, png: Uint8Array): Make;
  editText(id: number, card: Card): Make;
  /** Changes the picture of a photo, or adds one to a text. */
  editPhoto(id: number, card: Card, png: Uint8Array): Make;
  remove(id: number): Make;
}

export function createRequests(
  api: Api,
  to: {
    readonly place: ChatPlace;
    readonly replyTo: number | null;
    readonly isSilent?: boolean;
  },
): Requests {
  const common = {
    ...(to.isSilent ? { disable_notification: true } : {}),
    ...(to.place.topic === null ? {} : { message_thread_id: Number(to.place.topic) }),
    ...(to.replyTo === null
      ? {}
      : { reply_parameters: { message_id: to.replyTo, allow_sending_without_reply: true } }),
  };
  return {
    sendText: (card) => async (chat, style) => {
      const { text, ...markup } = textOf(card, style);
      const other = { ...common, ...markup, ...NO_PREVIEW, ...buttonsOf(card.keyboard) };
      return (await api.sendMessage(chat, text, other)).message_id;
    },
    sendPhoto: (card, png) => async (chat, style) => {
      const { text: caption, ...markup } = textOf(card, style);
      const other = { ...common, caption, ...markup, ...buttonsOf(card.keyboard) };
      return (await api.sendPhoto(chat, fileOf(png), other)).message_id;
    },
    editText: (id, card) => (chat, style) => {
      const { text, ...markup } = textOf(card, style);
      const other = { ...markup, ...NO_PREVIEW, reply_markup: card.keyboard };
      return unlessSame(id, api.editMessageText(chat, id, text, other));
    },
    editPhoto: (id, card, png) => (chat, style) => {
      const { text: caption, ...markup } = textOf(card, style);
      const media = { type: 'photo' as const, media: fileOf(png), caption, ...markup };
      return unlessSame(id, api.editMessageMedia(chat, id, media, { reply_markup: card.keyboard }));
    },
    remove: (id) => async (chat) => {
      await api.deleteMessage(chat, id);
      return id;
    },
  };
}

const NO_PREVIEW = { link_preview_options: { is_disabled: true } } as const;

function textOf(card: Card, style: Style): { text: string; parse_mode?: 'HTML' } {
  return style === 'html'
    ? { text: card.html, parse_mode: 'HTML' }
    : { text: readHtml(card.html).text };
}

function buttonsOf(keyboard: InlineKeyboardMarkup): { reply_markup?: InlineKeyboardMarkup } {
  return keyboard.inline_keyboard.length === 0 ? {} : { reply_markup: keyboard };
}

/** ASCII: the name travels unquoted. */
function fileOf(png: Uint8Array): InputFile {
  return new InputFile(png, 'chart.png');
}

/** An edit that changes nothing has done what it should. */
async function unlessSame(id: number, edit: Promise<unknown>): Promise<number> {
  try {
    await edit;
  } catch (error) {
    if (classifyError(error).kind !== 'unmodified') throw error;
  }
  return id;
}
