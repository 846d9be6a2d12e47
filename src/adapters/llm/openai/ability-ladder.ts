import type { Clock } from '../../../ports/clock.ts';
import type { Abilities } from './provider-body.ts';

/** The part of a request that a provider refused by name. */
export type Refused = 'format' | 'tokens' | 'temperature';

export interface AbilityLadder {
  abilities(): Abilities;
  /** One step down for what was refused; false: there is none left. */
  stepDown(refused: Refused): boolean;
}

const TOP: Abilities = { format: 'json_schema', tokenField: 'max_tokens', hasTemperature: true };
/** A provider may learn: after a day the best is tried again. */
const REMEMBERED_MS = 86_400_000;

/** What one base URL and model understand, learnt from their refusals. */
export function createAbilityLadder(clock: Clock): AbilityLadder {
  let [can, learntAt] = [TOP, 0];
  const abilities = () => {
    if (clock.now() - learntAt > REMEMBERED_MS) can = TOP;
    return can;
  };
  return {
    abilities,
    stepDown(refused) {
      const next = below(abilities(), refused);
      if (next === null) return false;
      [can, learntAt] = [next, clock.now()];
      return true;
    },
  };
}

function below(can: Abilities, refused: Refused): Abilities | null {
  switch (refused) {
    case 'format':
      if (can.format === 'none') return null;
      return { ...can, format: can.format === 'json_schema' ? 'json_object' : 'none' };
    case 'tokens':
      return can.tokenField === 'max_tokens'
        ? { ...can, tokenField: 'max_completion_tokens' }
        : null;
    case 'temperature':
      return can.hasTemperature ? { ...can, hasTemperature: false } : null;
  }
}
