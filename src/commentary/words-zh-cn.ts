import type { Formatter } from '../replies/format.ts';
import type { Head } from './claims.ts';
import type { Fact } from './fact.ts';
import { isDangerUp } from './lines.ts';
import { figureText, lineText } from './shown-value.ts';
import type { Phrase, Words } from './words.ts';
import { amountOf, figure, name, nameOf, word } from './words.ts';

const SIDES = { long: '多', short: '空' } as const;
const named = (fact: Fact): Phrase => [name(nameOf(fact, (side) => SIDES[side]))];

function subject(fact: Fact): Phrase {
  const { entity } = fact;
  if (entity.kind !== 'position') return named(fact);
  return [name(entity.account), word(' 的 '), ...named(fact)];
}

function measured(fact: Fact, format: Formatter): Phrase {
  const { metric, entity, value } = fact;
  const shown = figure(figureText(metric, value, format));
  switch (metric) {
    case 'mu':
      return entity.kind === 'desk'
        ? [word('全台合并计算，保证金占用 '), shown]
        : [...subject(fact), word(' 保证金占用 '), shown];
    case 'hf':
      return entity.kind === 'desk'
        ? [word('全台合并健康度 '), shown]
        : [...subject(fact), word(' 健康度 '), shown];
    case 'prob':
      return [...subject(fact), word(' 一天内被强平的概率为 '), shown];
    case 'dist':
      return value.gt(0)
        ? [...subject(fact), word(' 距强平价 '), shown]
        : [
            ...subject(fact),
            word(' 已越过强平价 '),
            figure(figureText(metric, value.neg(), format)),
          ];
    case 'conc':
      return [...named(fact), word(' 占全台净敞口 '), shown];
  }
}

const DEGREE: Readonly<Record<Head, string>> = {
  beyond: '',
  far_beyond: '远',
  just_beyond: '略',
};

function beyond({ metric, line }: Fact, head: Head): Phrase {
  const side = isDangerUp(metric) ? (head === 'beyond' ? '超过' : '超') : '低于';
  return [word(`，${DEGREE[head]}${side} `), figure(lineText(metric, line)), word(' 警戒线')];
}

export const chinese: Words = {
  head: (fact, head, format) => [...measured(fact, format), ...beyond(fact, head)],
  extra(extra, { breaching, idle }, format) {
    switch (extra) {
      case 'worst':
        return [word('为全台最差')];
      case 'only':
        return [word('是唯一越线的一项')];
      case 'all':
        return [word('其余同类也都越线')];
      case 'several':
        return [word('同类共 '), figure(String(breaching)), word(' 项越线')];
      case 'worsened':
        return [word('较上次报告恶化')];
      case 'improved':
        return [word('较上次报告好转')];
      case 'unchanged':
        return [word('与上次报告持平')];
      case 'linked':
        return [word('同一账户还有其他指标越线')];
      case 'idle':
        return idle === null
          ? []
          : [
              word('而 '),
              name(idle.account),
              word(' 尚有 '),
              figure(format.usd(idle.availableUsd, 'down')),
              word(' 可用'),
            ];
      case 'hides':
        return [word('而各账户单独看均未越线')];
      case 'stale':
        return [word('依据的是最后一次读到的数据')];
      case 'partial':
        return [word('合计中缺少部分账户')];
    }
  },
  act({ act, before, after }, { metric }, format) {
    const change: Phrase = [
      word('，可使其由 '),
      figure(figureText(metric, before, format)),
      word(' 变为 '),
      figure(figureText(metric, after, format)),
    ];
    switch (act.kind) {
      case 'add':
        return [word('追加 '), ...amountOf(act.amount, format), ...change];
      case 'reduce':
        return [word('平掉其中 '), figure(`${act.share.times(100).toFixed()}%`), ...change];
      case 'move':
        return [
          word('从 '),
          name(act.from),
          word(' 向 '),
          name(act.to),
          word(' 划转 '),
          ...amountOf(act.amount, format),
          ...change,
        ];
    }
  },
  result: (claim) => [word(claim === 'clears' ? '回到线内' : '但仍不足以回到线内')],
  noAction: [word('本台自身没有可行的操作能使其回到线内')],
  order: [[word('首先：')], [word('其次：')], [word('另外：')]],
  comma: '，',
  stop: '。',
  colon: '：',
  calm(nearest, format) {
    const well = word('没有指标越线');
    if (nearest === null) return [well];
    return [well, word('；最接近的是 '), ...measured(nearest, format)];
  },
  missing: (accounts) => [
    word('有 '),
    figure(String(accounts)),
    word(' 个账户未能读取，以上均不含这些账户'),
  ],
};
