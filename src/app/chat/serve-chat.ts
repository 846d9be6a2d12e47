import { faultTrace } from '../../domain/fault-trace.ts';
import type { ChartRenderer } from '../../ports/charts.ts';
import type { ChatButton, ChatEvent, ChatView } from '../../ports/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { pageReply } from '../../replies/page-reply.ts';
import type { Reply } from '../../replies/reply.ts';
import type { Locale, Translate } from '../../replies/translate.ts';
import type { Actor, Answer, AnswerButton, CommandSpec, OptionSpec } from '../command.ts';
import type { Dispatch } from '../dispatch.ts';
import { missingOption } from '../missing-option.ts';
import { parseLine } from '../parse-line.ts';
import { mayUse } from '../people.ts';
import type { ButtonDesk } from './button-desk.ts';
import { followCard } from './follow-card.ts';
import { guideTo } from './guide.ts';
import { createLaterReadings } from './later-readings.ts';
import { createSeenOnce } from './seen-once.ts';
import type { Suggested } from './suggest-values.ts';
import { createTurns } from './take-turns.ts';
import { typedLine } from './typed-line.ts';
import { admit, type ChatRules } from './who-asks.ts';

export interface ServeChatDeps {
  readonly rules: ChatRules;
  readonly commands: readonly CommandSpec[];
  readonly dispatch: Dispatch;
  readonly buttons: ButtonDesk;
  /** The words for a press of an alert's button; null: it is not one. Absent where no alerts are kept. */
  readonly pressAlert?: (
    token: string,
    by: { readonly actor: Actor; readonly locale: Locale },
  ) => Promise<string | null>;
  /** Values of an argument that this person may see, from memory. */
  suggest(type: OptionSpec['type'], actor: Actor): readonly Suggested[];
  readonly charts: ChartRenderer;
  readonly clock: Clock;
  readonly log: Log;
  /** Names a failure to the person and in the log. */
  readonly failureId: () => string;
  readonly voices: Readonly<Record<Locale, { readonly say: Translate }>>;
}

/** A command older than this was typed to a program that was not there: its moment has passed. */
const OLD_MS = 60_000;
const HOUR = 3_600_000;
/** A picture that is not ready by then stays away; the text does not wait. */
const PICTURE_MS = 1500;

/** A press spins so long while it may still be refused in private; who may not is known within moments. */
const QUIET_MS = 1000;

/** Enough that one slow venue does not stop everybody, few enough that a flood stays answerable. */
const ANSWERS_AT_ONCE = 4;

interface Asked {
  readonly actor: Actor;
  readonly locale: Locale;
  readonly line: string;
  readonly page: number;
}

/**
 * What happens when somebody writes to the bot or presses a button, on any network. Never rejects:
 * an event that goes wrong is logged and ends there.
 */
export function createServeChat(deps: ServeChatDeps): (event: ChatEvent) => Promise<void> {
  const seen = createSeenOnce({ forMs: HOUR, most: 20_000 });
  const refused = createSeenOnce({ forMs: HOUR, most: 5000 });
  const turns = createTurns(ANSWERS_AT_ONCE, deps.clock);
  const readings = createLaterReadings(deps.log);

  const serve = async (event: ChatEvent): Promise<void> => {
    const { person, place, intent, receivedAt } = event;
    const now = deps.clock.now();
    if (!seen.isFirst(`${place.network} ${event.id}`, now)) return;
    if (intent.kind === 'command' && receivedAt - event.at > OLD_MS) return;
    const admission = admit(person, place, deps.rules);
    if (admission.kind === 'stranger') {
      // One polite word an hour to each, so that a group of strangers is not answered into a flood.
      if (!person.isAnonymous && refused.isFirst(`${person.network} ${person.id}`, now)) {
        const { say } = deps.voices[deps.rules.locale];
        await event.answer.whisper(
          say('refused.stranger', { network: person.network, id: person.id }),
        );
      }
      return;
    }
    const { say } = deps.voices[admission.locale];
    if (admission.kind === 'wrong-place') {
      await event.answer.whisper(say('refused.place', { id: place.chat }));
      return;
    }
    const { actor, locale } = admission;
    if (intent.kind === 'command')
      return answer(event, { actor, locale, line: intent.line, page: 0 });
    readings.pressed(intent.token);
    const pressed = await deps.pressAlert?.(intent.token, { actor, locale });
    if (pressed) {
      await event.answer.whisper(pressed);
      return;
    }
    const taken = deps.buttons.take(intent.token, { person: actor.person, place }, now);
    if (!taken.ok) {
      await event.answer.whisper(say(`refused.button.${taken.error}`));
      return;
    }
    const { line, page, typed } = taken.value;
    if (!typed) return answer(event, { actor, locale, line, page });
    if (intent.value !== null) {
      return answer(event, { actor, locale, line: typedLine(line, intent.value), page });
    }
    const token = deps.buttons.issue({ person: actor.person, place, line, page, typed }, now);
    await event.answer.ask({ token, ...typed });
  };

  const answer = async (event: ChatEvent, asked: Asked): Promise<void> => {
    const { say } = deps.voices[asked.locale];
    const parsed = parseLine(asked.line, deps.commands, say);
    // A slip of the keyboard concerns nobody else in the chat.
    if (!parsed.ok) {
      await event.answer.whisper(parsed.error);
      return;
    }
    const { command, options } = parsed.value;
    const missing = missingOption(command, options);
    if (missing !== null && mayUse(command.access, asked.actor)) {
      const suggested = deps.suggest(missing.type, asked.actor);
      const { reply, rows } = guideTo(missing, { line: asked.line, command, suggested, say });
      const buttons = rows.map((row) => row.map((each) => buttonFor(event, each, asked)));
      await event.answer.show({ reply, locale: asked.locale, picture: null, buttons });
      return;
    }
    const acknowledge = () => turns.first(() => event.answer.acknowledge('public'));
    const isQuiet = isPrivateOnlyAtFirst(event);
    if (!isQuiet) await acknowledge();
    const making = turns.inTurn(async () => {
      const outcome = await deps.dispatch(asked);
      const { answer: found, problem } = outcome;
      if (!found) return problem ?? '';
      return { outcome, found, view: await viewOf(event, asked, found) };
    });
    if (isQuiet && (await isSlow(making))) await acknowledge();
    const made = await making;
    if (typeof made === 'string') {
      await event.answer.whisper(made);
      return;
    }
    await event.answer.show(made.view);
    if (made.found.follow) void follow(event, asked, made.found.follow);
    void readings.bring(made.outcome, made.view, {
      network: event.place.network,
      again: () => deps.dispatch(asked),
      show: async ({ answer: later }) =>
        later && event.answer.show(await viewOf(event, asked, later)),
    });
  };

  const isSlow = async (work: Promise<unknown>): Promise<boolean> => {
    const over = new AbortController();
    const patience = deps.clock.after(QUIET_MS, over.signal).then(() => true);
    const isLate = await Promise.race([work.then(() => false), patience]);
    over.abort();
    return isLate;
  };

  /** Whoever presses asks as themselves; only where a choice completes somebody's own line, it is theirs. */
  const buttonFor = (event: ChatEvent, made: AnswerButton, by: Asked | null): ChatButton => {
    const { label, style, line, typed } = made;
    const person = by?.actor.person ?? null;
    const meaning = { person, place: event.place, line, page: 0, ...(typed ? { typed } : {}) };
    return { label, style, token: deps.buttons.issue(meaning, deps.clock.now()) };
  };

  const follow = async (event: ChatEvent, asked: Asked, first: NonNullable<Answer['follow']>) => {
    try {
      await followCard(first, {
        clock: deps.clock,
        ask: async (line) => (await deps.dispatch({ ...asked, line })).answer,
        show: async (found) => event.answer.show(await viewOf(event, asked, found)),
      });
    } catch (cause) {
      const { network } = event.place;
      deps.log.error('a card is not followed', { network, error: faultTrace(cause) });
    }
  };

  const viewOf = async (event: ChatEvent, asked: Asked, found: Answer): Promise<ChatView> => {
    const { reply, page, pages } = pageReply(found.reply, asked.page);
    const { locale } = asked;
    const picture = await pictureOf(reply, locale);
    if (found.buttons) {
      const row = found.buttons.map((each) => buttonFor(event, each, null));
      return { reply, locale, picture, buttons: row.length === 0 ? [] : [row] };
    }
    const button = (to: number, label: string): ChatButton => ({
      label,
      style: 'plain',
      token: deps.buttons.issue(
        { person: asked.actor.person, place: event.place, line: asked.line, page: to },
        deps.clock.now(),
      ),
    });
    const { say } = deps.voices[locale];
    const row = [
      ...(page > 0 ? [button(page - 1, say('chat.previous'))] : []),
      ...(page < pages - 1 ? [button(page + 1, say('chat.next', { page: page + 2, pages }))] : []),
      button(page, say('chat.refresh')),
    ];
    return { reply, locale, picture, buttons: reply.takenAt === null ? [] : [row] };
  };

  const pictureOf = async (reply: Reply, locale: Locale): Promise<ChatView['picture']> => {
    if (!reply.chart) return null;
    const late = new AbortController();
    const png = await Promise.race([
      deps.charts.render(reply.chart, { locale, theme: 'dark' }),
      deps.clock.after(PICTURE_MS, late.signal).then(() => null),
    ]);
    late.abort();
    return png === null ? null : { png, alt: altOf(reply) };
  };

  return async (event) => {
    try {
      await serve(event);
    } catch (cause) {
      const id = deps.failureId();
      const { network } = event.place;
      deps.log.error('chat event failed', { id, network, error: faultTrace(cause) });
      // Or the person looks at "thinking…" for as long as the platform shows it.
      const { say } = deps.voices[deps.rules.locale];
      await event.answer.whisper(say('failed.internal', { id })).catch(() => {});
    }
  };
}

/** A press in Telegram has one private word, and an acknowledgement is that word: a refusal comes before it. */
function isPrivateOnlyAtFirst({ place, intent }: ChatEvent): boolean {
  return place.network === 'telegram' && intent.kind === 'button' && intent.value === null;
}

/** For people who cannot see the picture: its title and the figures it goes with. */
function altOf(reply: Reply): string {
  const figures = reply.figures.map(({ label, text }) => `${label} ${text}`).join(', ');
  return `${reply.chart?.title ?? reply.title}: ${figures}`.slice(0, 1000);
}
