import type { AccountEntry } from './desk-schema.ts';
import type { SalvagedDesk } from './salvage-desk.ts';

/** A fault between entries that no single entry shows. */
export interface CrossFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What the rest of the program can serve; config must not import an adapter to know. */
export interface KnownVenues {
  has(venue: string): boolean;
  suggest(venue: string): string | null;
}

/** Checks what the schema cannot: references, doubles, and what a venue needs or does not have. */
export function checkDesk(desk: SalvagedDesk, venues: KnownVenues): CrossFault[] {
  return [
    ...doubles(desk.idsIn('accounts'), 'accounts'),
    ...doubles(desk.idsIn('books'), 'books'),
    ...doubles(desk.idsIn('people'), 'people'),
    ...doubles(desk.idsIn('destinations'), 'destinations'),
    ...references(desk),
    ...desk.accounts.flatMap((account, index) =>
      (account === null ? [] : venueFaults(account, venues)).map((fault) => ({
        ...fault,
        path: ['accounts', index, ...fault.path],
      })),
    ),
  ];
}

function doubles(ids: readonly (string | null)[], section: string): CrossFault[] {
  const seen = new Set<string>();
  return ids.flatMap((id, index) => {
    if (id === null) return [];
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: [section, index, 'id'], message: `is used twice; ids must be unique` }];
  });
}

function references(desk: SalvagedDesk): CrossFault[] {
  const accounts = new Set(desk.idsIn('accounts'));
  const books = new Set(desk.idsIn('books'));
  const destinations = new Set(desk.idsIn('destinations'));
  const faults: CrossFault[] = [];
  const check = (known: Set<string | null>, id: string | undefined, path: PropertyKey[]) => {
    if (id === undefined || known.has(id)) return;
    faults.push({ path, message: `names "${id}", which is not in this file` });
  };
  desk.accounts.forEach((account, i) => {
    account?.books.forEach((id, j) => {
      check(books, id, ['accounts', i, 'books', j]);
    });
    account?.fundedBy.forEach((id, j) => {
      check(accounts, id, ['accounts', i, 'fundedBy', j]);
    });
    if (account?.fundedBy.includes(account.id)) {
      faults.push({ path: ['accounts', i, 'fundedBy'], message: 'an account cannot fund itself' });
    }
  });
  desk.people.forEach((person, i) => {
    person?.accounts?.forEach((id, j) => {
      check(accounts, id, ['people', i, 'accounts', j]);
    });
  });
  desk.destinations.forEach((destination, i) => {
    check(destinations, destination?.fallback, ['destinations', i, 'fallback']);
  });
  desk.routes.forEach((route, i) => {
    check(accounts, route?.match.account, ['routes', i, 'match', 'account']);
    check(books, route?.match.book, ['routes', i, 'match', 'book']);
    route?.to.forEach((id, j) => {
      check(destinations, id, ['routes', i, 'to', j]);
    });
    route?.escalate.forEach((step, j) => {
      step.to.forEach((id, k) => {
        check(destinations, id, ['routes', i, 'escalate', j, 'to', k]);
      });
    });
  });
  return faults;
}

const BINANCE_FUTURES = new Set(['binanceusdm', 'binancecoinm', 'binancepm']);

function venueFaults(account: AccountEntry, venues: KnownVenues): CrossFault[] {
  if (!venues.has(account.venue)) {
    const near = venues.suggest(account.venue);
    const hint = near ? `; did you mean ${near}?` : '';
    return [{ path: ['venue'], message: `is not a venue this program knows${hint}` }];
  }
  return [...environmentFaults(account), ...credentialFaults(account)];
}

function environmentFaults({ venue, environment, baseUrl }: AccountEntry): CrossFault[] {
  const fault = (message: string) => [{ path: ['environment'], message }];
  if (environment === 'live') return [];
  if (BINANCE_FUTURES.has(venue) && environment === 'testnet') {
    return fault('Binance futures have no testnet any more; use demo or live');
  }
  if (venue === 'binancepm') return fault('Binance portfolio margin has no demo; use live');
  if (venue === 'okx' && environment === 'testnet') {
    return fault('OKX has no testnet; its practice environment is demo');
  }
  if (venue === 'ztdx' && environment === 'demo') return fault('ZTDX has no demo; use testnet');
  if (venue === 'ztdx' && !baseUrl) return fault('ZTDX testnet needs a baseUrl');
  return [];
}

function credentialFaults(account: AccountEntry): CrossFault[] {
  const faults: CrossFault[] = [];
  const need = (key: keyof AccountEntry, message: string) => {
    if (account[key] === undefined) faults.push({ path: [key], message });
  };
  if (account.venue === 'ztdx') {
    need('baseUrl', 'is needed for ZTDX: the address of its REST API');
    if (account.token) return faults;
    need('privateKey', 'or token is needed for ZTDX: a wallet key to log in, or a ready JWT');
    if (!account.privateKey) return faults;
    need('wallet', 'is needed to log in to ZTDX: the address that belongs to privateKey');
    need('chainId', 'is needed to log in to ZTDX: nothing is signed for a chain you did not name');
    need(
      'verifyingContract',
      'is needed to log in to ZTDX: the contract a login may be signed for',
    );
    return faults;
  }
  if (account.wallet !== undefined) return faults;
  need('apiKey', 'is needed: a read-only API key of this account');
  need('secret', 'is needed: the secret that belongs to apiKey');
  if (account.venue === 'okx') {
    need('password', 'is needed for OKX: the passphrase chosen when the key was made');
  }
  return faults;
}
