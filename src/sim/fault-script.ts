import type { SimRequest } from './facade.ts';
import type { SimFault, SimFaultScope } from './fault.ts';
import { type SimAccount, simVenueOf } from './model.ts';

interface Scripted {
  readonly fault: SimFault;
  readonly scope: SimFaultScope;
  skip: number;
  left: number;
}

/** Faults by account, venue and path. The one switched on last wins. */
export interface FaultScript {
  /** Answers what switches it off. */
  add(fault: SimFault, scope: SimFaultScope): () => void;
  /** The fault of this request; asking counts it. */
  take(request: SimRequest, owner: SimAccount): SimFault | null;
}

export function createFaultScript(): FaultScript {
  const scripted: Scripted[] = [];
  const remove = (entry: Scripted) => {
    const index = scripted.indexOf(entry);
    if (index >= 0) scripted.splice(index, 1);
  };
  return {
    add(fault, scope) {
      const entry = { fault, scope, skip: scope.skip ?? 0, left: scope.times ?? Infinity };
      scripted.push(entry);
      return () => remove(entry);
    },
    take(request, owner) {
      const entry = scripted.findLast((each) => isMeant(each, request, owner));
      if (entry === undefined) return null;
      if (entry.skip > 0) {
        entry.skip -= 1;
        return null;
      }
      entry.left -= 1;
      if (entry.left <= 0) remove(entry);
      return entry.fault;
    },
  };
}

function isMeant({ fault, scope }: Scripted, request: SimRequest, owner: SimAccount): boolean {
  return (
    (scope.account === undefined || scope.account === owner.id) &&
    (scope.venue === undefined || scope.venue === simVenueOf(owner.venue)) &&
    (scope.path === undefined || request.path.includes(scope.path)) &&
    (scope.method === undefined || scope.method === request.method) &&
    (!isAboutWrites(fault) || isWrite(request))
  );
}

const ABOUT_WRITES: readonly SimFault['kind'][] = [
  'hang',
  'acceptThenHang',
  'acceptThenReset',
  'acceptThenStatus',
  'acceptThenRefuse',
  'refuse',
  'partialFill',
  'duplicates',
];

export function isAboutWrites({ kind }: SimFault): boolean {
  return ABOUT_WRITES.includes(kind);
}

/** Logging in changes nothing that anybody sees. */
export function isWrite({ method, path }: SimRequest): boolean {
  return method !== 'GET' && !path.endsWith('/auth/login');
}
