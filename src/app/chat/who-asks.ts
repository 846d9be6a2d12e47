import type { ChatPerson, ChatPlace } from '../../ports/chat.ts';
import type { Actor, Role } from '../command.ts';

/** Somebody the desk file names. */
export interface NamedPerson {
  readonly id: string;
  readonly discord?: string | undefined;
  readonly telegram?: string | undefined;
  readonly roles: readonly Role[];
  readonly accounts?: readonly string[] | undefined;
  readonly locale?: 'en' | 'zh-CN' | undefined;
}

/** Who is served, and where positions may be shown. Missing means nobody, and nowhere. */
export interface ChatRules {
  readonly people: readonly NamedPerson[];
  /** Discord role id → role, for people the desk file does not name. */
  readonly discordRoles: Readonly<Record<string, Role>>;
  /** Chats besides a served person's private one. */
  readonly chats: { readonly discord: readonly string[]; readonly telegram: readonly string[] };
  /** The demo desk's money is play money: everybody is a trader, and an approver of others' requests. */
  readonly isDemo: boolean;
  readonly locale: 'en' | 'zh-CN';
}

export type Admission =
  | { readonly kind: 'served'; readonly actor: Actor; readonly locale: 'en' | 'zh-CN' }
  /** Not a person of this desk, or nobody at all (anonymous admin, channel post). */
  | { readonly kind: 'stranger' }
  /** A served person, in a chat the desk file does not name. */
  | { readonly kind: 'wrong-place'; readonly locale: 'en' | 'zh-CN' };

/**
 * The one gate of every command and every button, for the person who writes or presses, at that
 * moment. Only platform ids count: names and chat titles can be anybody's.
 */
export function admit(person: ChatPerson, place: ChatPlace, rules: ChatRules): Admission {
  if (person.isAnonymous) return { kind: 'stranger' };
  const found = personOf(person, rules);
  if (!found) return { kind: 'stranger' };
  const locale = found.locale ?? localeOf(person.language) ?? rules.locale;
  const named = rules.chats[place.network];
  // Who reads along in a thread is decided by its channel.
  const isNamed =
    rules.isDemo || named.includes(place.threadOf ?? place.chat) || named.includes(place.chat);
  if (!place.isPrivate && !isNamed) return { kind: 'wrong-place', locale };
  const { id, roles, accounts } = found;
  return {
    kind: 'served',
    locale,
    actor: { person: id, roles, accounts: accounts ?? null, network: person.network },
  };
}

function personOf(person: ChatPerson, rules: ChatRules): NamedPerson | null {
  const named = rules.people.find((each) => each[person.network] === person.id);
  // What the desk file says of a person is all there is: a Discord role adds nothing to it.
  if (named) return named.roles.length > 0 ? named : null;
  const id = `${person.network}:${person.id}`;
  if (rules.isDemo) return { id, roles: ['trader', 'approver'] };
  const roles = [...new Set(person.roleIds.flatMap((roleId) => rules.discordRoles[roleId] ?? []))];
  return roles.length > 0 ? { id, roles } : null;
}

/** `zh-hans`, `zh-CN`, `zh-TW` → Chinese, `en…` → English; anything else is the desk's own. */
function localeOf(language: string | null): 'en' | 'zh-CN' | null {
  if (language === null) return null;
  if (/^zh\b/i.test(language)) return 'zh-CN';
  return /^en\b/i.test(language) ? 'en' : null;
}
