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
      return asset === null ? [word('本台合并')] : [name(asset), word(' ')];
    case 'account':
      return [name(entity.account), word(' ')];
    case 'position':
      return [...chinese.on(positionName(entity, chinese), entity.account), word(' ')];
  }
}

function measured(fact: Fact, format: Formatter): Phrase {
  const { metric, value } = fact;
  const shown = figure(figureBeside(fact, format));
  const who = subject(fact);
  switch (metric) {
    case 'mu':
      return [...who, word('保证金占用率为 '), shown];
    case 'hf':
      return [...who, word('健康度为 '), shown];
    case 'prob':
      return [...who, word('一日内强平概率为 '), shown];
    case 'dist':
      if (!value.lt(0)) return [...who, word('距强平价 '), shown];
      return [...who, word('已越过强平价 '), figure(pastText(fact, format))];
    case 'conc':
      return [...who, word('占本台净敞口的 '), shown];
  }
}

const pastText = ({ metric, value }: Fact, format: Formatter) =>
  figureText(metric, value, format).replace('-', '');

const OVER: Readonly<Record<Head, string>> = {
  beyond: '超过',
  far_beyond: '远超',
  just_beyond: '略超',
};
const UNDER: Readonly<Record<Head, string>> = {
  beyond: '低于',
  far_beyond: '远低于',
  just_beyond: '略低于',
};

function beyond(fact: Fact, head: Head): Phrase {
  const { metric, line } = fact;
  const where = isAtLine(fact) ? '已达' : (isDangerUp(metric) ? OVER : UNDER)[head];
  return [word(`，${where} `), figure(lineText(metric, line)), word(' 警戒线')];
}

const KIND = { desk: '项', account: '个账户', position: '个持仓' } as const;
const OTHERS = { desk: '其余各项', account: '其余账户', position: '其余持仓' } as const;
const LINE: Readonly<Record<Metric, string>> = {
  mu: '占用率',
  hf: '健康度',
  prob: '强平概率',
  dist: '强平距离',
  conc: '集中度',
};
const WORST: Readonly<Record<Metric, string>> = {
  mu: '最高',
  hf: '最低',
  prob: '最高',
  dist: '最近',
  conc: '最高',
};

function severalOf({ fact, isWorst, breaching }: ExtraGround): Phrase {
  const { entity, metric } = fact;
  const all = figure(String(breaching));
  return isWorst
    ? [word(`${LINE[metric]}越线的 `), all, word(` ${KIND[entity.kind]}中${WORST[metric]}`)]
    : [word('本台共有 '), all, word(` ${KIND[entity.kind]}${LINE[metric]}越线`)];
}

export const chinese: Words = {
  head: (fact, head, format) => [...measured(fact, format), ...beyond(fact, head)],
  extra(extra, ground, format) {
    const { fact, idle } = ground;
    switch (extra) {
      case 'worst':
        return [word(`为本台${WORST[fact.metric]}`)];
      case 'only':
        return [word(`是唯一${LINE[fact.metric]}越线的${KIND[fact.entity.kind].slice(1)}`)];
      case 'all':
        return [word(`${OTHERS[fact.entity.kind]}也都越线`)];
      case 'several':
        return severalOf(ground);
      case 'worsened':
        return [word('较上次报告恶化')];
      case 'improved':
        return [word('较上次报告好转')];
      case 'unchanged':
        return [word('与上次报告持平')];
      case 'linked':
        return [word('同一账户另有指标越线')];
      case 'idle':
        if (idle === null) return [];
        return [
          ...[word('而 '), name(idle.account), word(' 尚有 ')],
          ...[figure(format.usd(idle.availableUsd, 'down')), word(' 可用')],
        ];
      case 'hides':
        return [word('而各账户单独看均未越线')];
      case 'stale':
        return [word('依据最后一次读到的数据')];
      case 'partial':
        return [word('合计缺少本台的一部分')];
    }
  },
  act({ act, before, after, line }, { metric, line: crossed }, format) {
    const change: Phrase = [
      word(`，可使${LINE[metric]}由 `),
      figure(figureBeside({ metric, value: before, line: crossed }, format)),
      word(' 变为 '),
      figure(figureBeside({ metric, value: after, line }, format)),
    ];
    switch (act.kind) {
      case 'add':
        return [
          ...[word('向 '), name(act.handle), word(' 追加保证金 ')],
          ...[...amountOf(act.amount, format), ...change],
        ];
      case 'reduce':
        return [
          ...[word('市价平掉 '), name(act.handle), word(' 的 ')],
          ...[figure(`${act.share.times(100).toFixed()}%`), ...change],
        ];
      case 'move':
        return [
          ...[word('从 '), name(act.from), word(' 向 '), name(act.to)],
          ...[word(' 划转 '), ...amountOf(act.amount, format), ...change],
        ];
    }
  },
  result: (claim, { line }, { metric }) => [
    word(claim === 'clears' ? '回到 ' : isDangerUp(metric) ? '仍超过 ' : '仍低于 '),
    figure(lineText(metric, line)),
    word(claim === 'clears' ? ' 警戒线以内' : ' 警戒线'),
  ],
  noAction: [word('目前没有经验证有效的追加、划转或减仓方案')],
  noActionEither: [word('同样没有经验证有效的方案')],
  order: [[word('最紧急：')], [word('其次：')], [word('再次：')]],
  comma: '，',
  stop: '。',
  colon: '：',
  and: '、',
  calm({ nearest, isFlat, isStale, hasHoles }, format) {
    const what = hasHoles ? '已知指标均未越线' : '没有指标越线';
    const well = word(`${isStale ? '依据最后一次读到的数据，' : ''}${what}`);
    if (isFlat) return [well, word('；没有持仓')];
    return nearest === null
      ? [well]
      : [well, word('；离强平最近的是 '), ...measured(nearest, format)];
  },
  missing: (accounts) => [
    word('有 '),
    figure(String(accounts)),
    word(' 个账户未能读取，以上均不含这些账户'),
  ],
  unknown: (positions) => [word('有 '), figure(String(positions)), word(' 个持仓离强平多远未知')],
  unsaid: (names, more) => [
    word('表中另按其他迹象标为危急：'),
    ...names,
    ...(more ? [word(' 等')] : []),
  ],
  side: (side) => (side === 'long' ? '多' : '空'),
  on: (position, account) => [name(account), word(' 的 '), ...position],
};
