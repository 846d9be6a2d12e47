import type { Band } from '../risk/band.ts';
import type { JudgedAccount, JudgedPosition } from '../risk/probability/judge-desk.ts';
import type { Fact } from './fact.ts';
import { isBreach } from './fact.ts';
import type { Report, Unsaid } from './sheet.ts';

/**
 * What the tables mark as critical or worse by a sign that has no figure here: equity below nothing, a
 * venue's own ratio, a position that is past its end. Silence about it would read as calm.
 */
export function unsaidIn({ desk }: Report, facts: readonly Fact[]): Unsaid[] {
  const said = new Set(facts.filter(isBreach).map(({ entity }) => nameOf(entity)));
  const accounts = desk.accounts.filter(isGrave).map(accountOf);
  const positions = desk.positions.filter(isGrave).map(positionOf);
  return [...accounts, ...positions].filter((each) => !said.has(nameOf(each)));
}

const isGrave = ({ band }: { readonly band: Band | null }) => band === 'crit' || band === 'emerg';

function nameOf(entity: Fact['entity'] | Unsaid): string {
  if (entity.kind === 'desk') return '';
  return entity.kind === 'account' ? entity.account : `${entity.account}\n${entity.handle}`;
}

function accountOf({ account }: JudgedAccount): Unsaid {
  return { kind: 'account', account: account.account.id };
}

function positionOf({ position, handle }: JudgedPosition): Unsaid {
  const { account, instrument, side } = position;
  return { kind: 'position', account, handle, asset: instrument.asset, side };
}
