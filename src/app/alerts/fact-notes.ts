import type { Member } from '../../alerts/incident.ts';
import { parseDecimal } from '../../domain/decimal.ts';
import type { Note } from '../../replies/reply.ts';
import { note } from '../../replies/table-of.ts';
import type { AlertVoice } from './alert-words.ts';

/** What a figure and its limit leave open, in one line: from what to what, which way, why at all. */
export function factNotes({ rule, facts }: Member, { say, format }: AlertVoice): Note[] {
  const { before, after, direction, price, healthyAlone, status } = facts;
  switch (rule) {
    case 'positionChanged':
    case 'stopFilled':
    case 'liquidated': {
      if (before === undefined || after === undefined) return [];
      const of = (text: string) => format.quantity(parseDecimal(text));
      return [note(say('alert.fact.contracts', { before: of(before), after: of(after) }))];
    }
    case 'priceMove': {
      if (direction !== 'up' && direction !== 'down') return [];
      const at = format.price(parseDecimal(price ?? null), { tickSize: null, rounding: 'nearest' });
      return [note(say(`alert.fact.move.${direction}`, { price: at }))];
    }
    case 'depeg':
      return price === undefined ? [] : [note(say('alert.fact.depeg', { price: `$${price}` }))];
    case 'funding': {
      const rate = parseDecimal(facts['rate'] ?? null);
      if (rate === null) return [];
      return [
        note(say(rate.isNegative() ? 'alert.fact.funding.short' : 'alert.fact.funding.long')),
      ];
    }
    case 'pooledMargin':
      return healthyAlone === 'yes' ? [note(say('alert.fact.pooled'), 'warn')] : [];
    case 'venueStatus':
      return status === undefined ? [] : [note(say('alert.fact.status', { status }), 'crit')];
    default:
      return [];
  }
}
