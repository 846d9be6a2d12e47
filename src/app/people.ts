import type { Access, Actor, Role } from './command.ts';

export interface Person {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly accounts?: readonly string[] | undefined;
  readonly locale?: 'en' | 'zh-CN' | undefined;
}

/** The demo desk's people: play money, one person for each role. */
export const DEMO_PEOPLE: readonly Person[] = [
  { id: 'trader', roles: ['trader'] },
  { id: 'approver', roles: ['approver'] },
  { id: 'viewer', roles: ['viewer'] },
  { id: 'admin', roles: ['admin'] },
];

/**
 * Who types in the terminal. Without a name: a trader on the demo desk, and on a real desk somebody
 * who may look and do nothing else. Null: no such person, and nobody is served by default.
 */
export function terminalActor(
  people: readonly Person[],
  as: { readonly person: string | null; readonly isDemo: boolean },
): Actor | null {
  if (as.person === null && !as.isDemo) {
    return { person: 'terminal', roles: ['viewer'], accounts: null, network: 'terminal' };
  }
  const person = people.find(({ id }) => id === (as.person ?? 'trader'));
  if (!person) return null;
  return {
    person: person.id,
    roles: person.roles,
    accounts: person.accounts ?? null,
    network: 'terminal',
  };
}

const ROLES: Readonly<Record<Access, readonly Role[]>> = {
  read: ['viewer', 'trader', 'approver', 'admin'],
  act: ['trader'],
  confirm: ['trader', 'admin'],
  approve: ['approver'],
  decide: ['trader', 'approver', 'admin'],
  admin: ['admin'],
};

/** Who may, for the refusal of those who may not. */
export function rolesFor(access: Access): readonly Role[] {
  return ROLES[access];
}

/** A person without any role is nobody. */
export function mayUse(access: Access, { roles }: Actor): boolean {
  return roles.some((role) => ROLES[access].includes(role));
}
