import type { Handle } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import { deskAccount, positionIn } from '../risk/assess-desk.ts';
import { coinPriceFrom } from '../risk/coin-price.ts';
import { assessPool } from '../risk/pool-risk.ts';
import { judgeDesk } from '../risk/probability/judge-desk.ts';
import type { Draft } from './desk-facts.ts';
import { accountFacts, positionFacts } from './desk-facts.ts';
import type { Report } from './sheet.ts';

/**
 * The facts of some accounts as they would be, judged by the same rules on the same market. Positions must
 * be in the order of the report's accounts: handles are the report's.
 */
export function judgedAgain(report: Report, changed: readonly AccountSnapshot[]): Draft[] {
  const priceOf = coinPriceFrom(report.snapshot);
  const accounts = changed.map((account) => deskAccount(account, priceOf));
  const handles: Handle[] = [];
  const handleAt = (place: number) => handles[place] as Handle;
  const positions = accounts.flatMap((account) => {
    const { id } = account.account.account;
    const known = report.desk.positions.filter(({ position }) => position.account === id);
    return account.account.positions.flatMap((position, place) => {
      const handle = known[place]?.handle;
      if (handle === undefined) return [];
      handles.push(handle);
      return [positionIn(account, position, { handleAt, place: handles.length - 1 })];
    });
  });
  const { takenAt } = report.desk;
  // What was simulated was the account as it is: of the changed one only what its own prices say counts.
  const evidence = { ...report.desk.evidence, simulation: null };
  const totals = assessPool(accounts);
  const desk = judgeDesk({ positions, accounts, totals, takenAt, handleAt }, evidence);
  return [...desk.accounts.flatMap(accountFacts), ...desk.positions.flatMap(positionFacts)];
}
