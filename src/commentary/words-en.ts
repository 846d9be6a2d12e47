import type { Formatter } from '../replies/format.ts';
import type { Head } from './claims.ts';
import { isAtLine } from './claims.ts';
import type { Fact, Metric } from './fact.ts';
import { isDangerUp } from './lines.ts';
import { figureBeside, figureText, lineText } from './shown-value.ts';
import type { ExtraGround, Phrase, Words } from './words.ts';
import { amountOf, figure, name, positionName, word } from './words.ts';

function subject({ entity, asset }: Fact): Phrase {
  switch (entity.kind) {
    case 'desk':
      return asset === null ? [word('The desk as a whole')] : [name(asset)];
    case 'account':
      return [name(entity.account)];
    case 'position':
      return english.on(positionName(entity, english), entity.account);
  }
}

function measured(fact: Fact, format: Formatter): Phrase {
  const { metric, value } = fact;
  const shown = figure(figureBeside(fact, format));
  const who = subject(fact);
  switch (metric) {
    case 'mu':
      return [...who, word(' has '), shown, word(' of its margin in use')];
    case 'hf':
      return [...who, word(' has a health factor of '), shown];
    case 'prob':
      return [...who, word(' has a '), shown, word(' chance of liquidation within a day')];
    case 'dist':
      if (!value.lt(0)) return [...who, word(' is '), shown, word(' from its liquidation price')];
      return [
        ...who,
        word(' is '),
        figure(pastText(fact, format)),
        word(' past its liquidation price'),
      ];
    case 'conc':
      return [...who, word(' makes up '), shown, word(" of the desk's net exposure")];
  }
}

const pastText = ({ metric, value }: Fact, format: Formatter) =>
  figureText(metric, value, format).replace('-', '');

const DEGREE: Readonly<Record<Head, string>> = {
  beyond: '',
  far_beyond: 'far ',
  just_beyond: 'just ',
};
const sideOf = (metric: Metric) => (isDangerUp(metric) ? 'over' : 'under');

function beyond(fact: Fact, head: Head): Phrase {
  const { metric, line } = fact;
  const where = isAtLine(fact) ? 'at' : `${DEGREE[head]}${sideOf(metric)}`;
  return [word(`, ${where} the `), figure(lineText(metric, line)), word(' line')];
}

const KIND = { desk: 'figure', account: 'account', position: 'position' } as const;
const LINE: Readonly<Record<Metric, string>> = {
  mu: 'margin line',
  hf: 'health line',
  prob: 'probability line',
  dist: 'distance line',
  conc: 'concentration line',
};
const WORST: Readonly<Record<Metric, string>> = {
  mu: 'the highest',
  hf: 'the lowest',
  prob: 'the highest',
  dist: 'the closest',
  conc: 'the highest',
};
/** What an act changes. */
const CHANGED: Readonly<Record<Metric, string>> = {
  mu: 'margin in use',
  hf: 'the health factor',
  prob: 'the chance of liquidation',
  dist: 'the distance',
  conc: 'the share',
};

function severalOf({ fact, isWorst, breaching }: ExtraGround): Phrase {
  const { entity, metric } = fact;
  const which = isWorst ? WORST[metric] : 'one';
  const rest = ` ${KIND[entity.kind]}s past their ${LINE[metric]}s`;
  return [word(`${which} of `), figure(String(breaching)), word(rest)];
}

export const english: Words = {
  head: (fact, head, format) => [...measured(fact, format), ...beyond(fact, head)],
  extra(extra, ground, format) {
    const { fact, idle } = ground;
    const kind = KIND[fact.entity.kind];
    switch (extra) {
      case 'worst':
        return [word(`${WORST[fact.metric]} on the desk`)];
      case 'only':
        return [word(`the only ${kind} past its ${LINE[fact.metric]}`)];
      case 'all':
        return [word(`and every other ${kind} is past its line too`)];
      case 'several':
        return severalOf(ground);
      case 'worsened':
        return [word('worse than in the last report')];
      case 'improved':
        return [word('better than in the last report')];
      case 'unchanged':
        return [word('unchanged since the last report')];
      case 'linked':
        return [word('with more of the same account past its lines')];
      case 'idle':
        if (idle === null) return [];
        return [
          ...[word('while '), name(idle.account), word(' has ')],
          ...[figure(format.usd(idle.availableUsd, 'down')), word(' free')],
        ];
      case 'hides':
        return [word('although each account alone is within its line')];
      case 'stale':
        return [word('by the last known figures')];
      case 'partial':
        return [word('with part of the desk missing from the sum')];
    }
  },
  act({ act, before, after, line }, { metric, line: crossed }, format) {
    const change: Phrase = [
      word(` brings ${CHANGED[metric]} from `),
      figure(figureBeside({ metric, value: before, line: crossed }, format)),
      word(' to '),
      figure(figureBeside({ metric, value: after, line }, format)),
    ];
    switch (act.kind) {
      case 'add':
        return [
          ...[word('Adding '), ...amountOf(act.amount, format)],
          ...[word(' of margin to '), name(act.handle), ...change],
        ];
      case 'reduce':
        return [
          ...[word('Closing '), figure(`${act.share.times(100).toFixed()}%`), word(' of ')],
          ...[name(act.handle), word(' at the market'), ...change],
        ];
      case 'move':
        return [
          ...[word('Moving '), ...amountOf(act.amount, format), word(' from ')],
          ...[name(act.from), word(' to '), name(act.to), ...change],
        ];
    }
  },
  result: (claim, { line }, { metric }) => [
    word(claim === 'clears' ? 'back within the ' : `still ${sideOf(metric)} the `),
    figure(lineText(metric, line)),
    word(' line'),
  ],
  noAction: [word('No margin, transfer or partial close at hand is proven to help')],
  noActionEither: [word('No proven step for this one either')],
  order: [[word('Most urgent: ')], [word('Next: ')], [word('Then: ')]],
  comma: ', ',
  stop: '.',
  colon: ': ',
  and: ', ',
  calm({ nearest, isFlat, isStale, hasHoles }, format) {
    const what = hasHoles ? 'Nothing that is known' : 'Nothing';
    const well = word(`${what} is past a line${isStale ? ', by the last known figures' : ''}`);
    if (isFlat) return [well, word('; no position is open')];
    return nearest === null ? [well] : [well, word('; closest: '), ...measured(nearest, format)];
  },
  missing: (accounts) => [
    figure(String(accounts)),
    word(
      accounts === 1
        ? ' account could not be read and is in none of this'
        : ' accounts could not be read and are in none of this',
    ),
  ],
  unknown: (positions) => [
    word('The distance to liquidation of '),
    figure(String(positions)),
    word(positions === 1 ? ' position is not known' : ' positions is not known'),
  ],
  unsaid: (names, more) => [
    word('The tables mark as critical, by other signs than these figures: '),
    ...names,
    ...(more ? [word(' and more')] : []),
  ],
  side: (side) => side,
  on: (position, account) => [...position, word(' on '), name(account)],
};
