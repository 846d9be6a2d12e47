import type { Formatter } from '../replies/format.ts';
import type { Head } from './claims.ts';
import type { Fact } from './fact.ts';
import { isDangerUp } from './lines.ts';
import { figureText, lineText } from './shown-value.ts';
import type { Phrase, Words } from './words.ts';
import { amountOf, figure, name, nameOf, word } from './words.ts';

const named = (fact: Fact): Phrase => [name(nameOf(fact, (side) => side))];

function subject(fact: Fact): Phrase {
  const { entity } = fact;
  if (entity.kind !== 'position') return named(fact);
  return [...named(fact), word(' on '), name(entity.account)];
}

function measured(fact: Fact, format: Formatter): Phrase {
  const { metric, entity, value } = fact;
  const shown = figure(figureText(metric, value, format));
  switch (metric) {
    case 'mu':
      return entity.kind === 'desk'
        ? [word('Pooled over the desk, '), shown, word(' of margin is in use')]
        : [...subject(fact), word(' has '), shown, word(' of its margin in use')];
    case 'hf':
      return entity.kind === 'desk'
        ? [word("The desk's pooled health factor is "), shown]
        : [...subject(fact), word(' has a health factor of '), shown];
    case 'prob':
      return [
        ...subject(fact),
        word(' has a '),
        shown,
        word(' chance of liquidation within a day'),
      ];
    case 'dist':
      return value.gt(0)
        ? [...subject(fact), word(' is '), shown, word(' from liquidation')]
        : [
            ...subject(fact),
            word(' is '),
            figure(figureText(metric, value.neg(), format)),
            word(' past its liquidation price'),
          ];
    case 'conc':
      return [...named(fact), word(' makes up '), shown, word(" of the desk's net exposure")];
  }
}

const DEGREE: Readonly<Record<Head, string>> = {
  beyond: '',
  far_beyond: 'far ',
  just_beyond: 'just ',
};

function beyond({ metric, line }: Fact, head: Head): Phrase {
  const side = isDangerUp(metric) ? 'over' : 'under';
  return [word(`, ${DEGREE[head]}${side} the `), figure(lineText(metric, line)), word(' line')];
}

export const english: Words = {
  head: (fact, head, format) => [...measured(fact, format), ...beyond(fact, head)],
  extra(extra, { breaching, idle }, format) {
    switch (extra) {
      case 'worst':
        return [word('the worst on the desk')];
      case 'only':
        return [word('the only one beyond its line')];
      case 'all':
        return [word('and so is every other one')];
      case 'several':
        return [word('one of '), figure(String(breaching)), word(' beyond their line')];
      case 'worsened':
        return [word('worse than in the last report')];
      case 'improved':
        return [word('better than in the last report')];
      case 'unchanged':
        return [word('unchanged since the last report')];
      case 'linked':
        return [word('and more of the same account is beyond its line')];
      case 'idle':
        return idle === null
          ? []
          : [
              word('while '),
              name(idle.account),
              word(' has '),
              figure(format.usd(idle.availableUsd, 'down')),
              word(' free'),
            ];
      case 'hides':
        return [word('although every account is within its own line')];
      case 'stale':
        return [word('on last known figures')];
      case 'partial':
        return [word('with accounts missing from the sum')];
    }
  },
  act({ act, before, after }, { metric }, format) {
    const change: Phrase = [
      word(' takes it from '),
      figure(figureText(metric, before, format)),
      word(' to '),
      figure(figureText(metric, after, format)),
    ];
    switch (act.kind) {
      case 'add':
        return [word('Adding '), ...amountOf(act.amount, format), ...change];
      case 'reduce':
        return [
          word('Closing '),
          figure(`${act.share.times(100).toFixed()}%`),
          word(' of it'),
          ...change,
        ];
      case 'move':
        return [
          word('Moving '),
          ...amountOf(act.amount, format),
          word(' from '),
          name(act.from),
          word(' to '),
          name(act.to),
          ...change,
        ];
    }
  },
  result: (claim) => [
    word(claim === 'clears' ? 'back within the line' : 'not enough to get back within the line'),
  ],
  noAction: [word('Nothing the desk can do by itself brings it back')],
  order: [[word('First: ')], [word('Then: ')], [word('Also: ')]],
  comma: ', ',
  stop: '.',
  colon: ': ',
  calm(nearest, format) {
    const well = word('Nothing is beyond its line');
    if (nearest === null) return [well];
    return [well, word('; nearest: '), ...measured(nearest, format)];
  },
  missing: (accounts) => [
    figure(String(accounts)),
    word(
      accounts === 1
        ? ' account could not be read and is in none of this'
        : ' accounts could not be read and are in none of this',
    ),
  ],
};
