import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/app/command.ts';
import type { Locale } from '../../src/replies/translate.ts';
import { ask, desk, holedDesk, snapshotOf } from './small-desk.ts';

/** One account shown from an old reading, one never read, one starving. */
const few = snapshotOf(...holedDesk.filter(({ id }) => /quant|mm$/.test(id)));
const whole = snapshotOf(...desk);

interface Drawn {
  readonly width: number;
  readonly locale: Locale;
  readonly snapshot?: typeof few;
  readonly options?: Options;
}

async function drawn(name: string, { width, locale, snapshot, options }: Drawn) {
  const { text } = await ask(snapshot ?? whole, { name, locale, options: options ?? {} });
  return `\n${text(width)}\n`;
}

const crash = { scenario: '2025-10-10' };

describe('on a terminal, 80 columns', () => {
  const as = { width: 80, locale: 'en' } as const;
  test('/stress', async () => {
    expect(await drawn('stress', as)).toMatchInlineSnapshot(`
      "
      * Stress  as of 14:32:05 UTC
      Scenarios 68 or more of 141 liquidate something
      Worst usdt-0.65: $13,800 lost, 1 of 6 accounts liquidated

      Worst first, accounts on their own, USD
      Scenario          Dead    Loss   Pooled  Already at  Would have helped
      usdt-0.65      1+ of 6  13,800  215.95x  usdt-0.90   nothing
      btc-15         1+ of 6   3,676  253.92x              $665 saves 1 of 1
      2022-06-13     1+ of 6   2,035  279.55x              $1,352 saves 1 of 1
      all-15         1+ of 6   1,965  278.16x              $665 saves 1 of 1
      2025-10-10     1+ of 6   1,565  288.86x              $397 saves 1 of 1
      2024-08-05     1+ of 6   1,461  287.31x              $815 saves 1 of 1
      sol+10         1+ of 6   1,026  238.92x              $651 saves 1 of 1
      corr1-20       1+ of 6     321  304.69x              $2,158 saves 1 of 1
      2022-06-10_18  1+ of 6    -272  337.00x              nothing
      2024-08-02_05  1+ of 6    -390  319.91x              $3,591 saves 1 of 1
      2021-05-19     1+ of 6  -2,116  353.95x              nothing
      all+10         1+ of 6  -2,136  236.32x              $651 saves 1 of 1

      ! bybit-basis: whether it is liquidated cannot be said: how much its coins count
        as margin is not known.
      ! binance-quant-b: whether it is liquidated cannot be said: the maintenance
        brackets are not known.
      - Volatility scenarios are left out: the volatility of PEPE is not known.
      - 129 more scenarios are not shown: milder, or steps of one shown.
      - One in detail: /stress usdt-0.65.
      - Price history of PEPE: no venue of the desk lists a perpetual of it.
      "
    `);
  });
  test('/stress 2025-10-10', async () => {
    expect(await drawn('stress', { ...as, options: crash })).toMatchInlineSnapshot(`
      "
      * Stress: 2025-10-10  as of 14:32:05 UTC
      Market recorded crash, BTC -14.1%, SOL -21.2%, PEPE -70.0%, ETH -20.8%
      Liquidated 1+ of 6   Loss $1,565   Pooled health 288.86x

      At the worst point, USD
         Account          Equity  Maint   Loss  Liquidated
      !! bybit-quant-a    20,710    119    791  a2zt gone at 90.5% of the way
         bybit-basis      23,437      –    565  not known
         binance-quant-b   4,364      –   -414  not known
         okx-mm           13,439  67.20  1,561  survives
         ztdx-mm           9,936  45.00   -936  survives
         okx-reserve      60,000      0      0  survives

      What would have prevented it, USD
      From           To                    Amount  By
      bybit-quant-a  bybit-quant-a (a2zt)     397  console

      ! bybit-basis: whether it is liquidated cannot be said: how much its coins count
        as margin is not known.
      ! binance-quant-b: whether it is liquidated cannot be said: the maintenance
        brackets are not known.
      - No record of PEPE: a stand-in move is used.
      - Liquidations here do not push the price themselves.
      "
    `);
  });
  test('/var', async () => {
    expect(await drawn('var', as)).toMatchInlineSnapshot(`
      "
      Value at risk  as of 14:32:05 UTC
      VaR 99%, 1 day $1,219, 0.92% of equity (without PEPE)
      ES 97.5% $1,333 (without PEPE)   Parametric VaR $1,130, ES $1,135
      Candles to 2026-02-28

      Parts by asset, adding up, USD
      Asset  VaR part  ES part  Exposure  Vol 1d
      BTC       1,590    1,768    28,001    3.1%
      ETH         194      252     2,999    4.2%
      SOL        -563     -686   -15,025    4.6%

      VaR 99%: 17 breaks in 1000 days, 10 expected: too many (p 4.3%).
      VaR 95%: 65 breaks in 1000 days, 50 expected: too many (p 3.7%).
      VaR 95%: breaks follow each other (p 0.26%), it adapts too slowly.
      Scores are of the forecasts of the whole desk, stored before each day.

      ! Not in the figures: PEPE ($617), no price history.
      - Method: filtered historical simulation, 500 whole days at the volatility of
        today.
      - SOL: 131 of 500 days are before its history and follow BTC.
      - Price history of PEPE: no venue of the desk lists a perpetual of it.
      "
    `);
  });
  test('/var over holes', async () => {
    expect(await drawn('var', { ...as, snapshot: few })).toMatchInlineSnapshot(`
      "
      ! Value at risk  as of 14:32:05 UTC
      VaR 99%, 1 day $1,037, 3.1% of equity (without PEPE) (partial: 1 of 4 accounts
        missing, 1 stale)   ES 97.5% $1,054 (without PEPE) (partial)
      Parametric VaR $841, ES $846 (partial)   Candles to 2026-02-28

      Parts by asset, adding up, USD
      Asset  VaR part  ES part  Exposure  Vol 1d
      SOL       1,048    1,138   -15,025    4.6%
      ETH         142      156    -4,502    4.2%
      BTC        -152     -239    23,999    3.1%

      VaR 99%: 17 breaks in 1000 days, 10 expected: too many (p 4.3%).
      VaR 95%: 65 breaks in 1000 days, 50 expected: too many (p 3.7%).
      VaR 95%: breaks follow each other (p 0.26%), it adapts too slowly.
      Scores are of the forecasts of the whole desk, stored before each day.

      ! Not in the figures: PEPE ($617), no price history.
      ! A forecast is stored only while every account is read; bybit-quant-a, okx-mm:
        not now. A day without a stored forecast is not scored.
      - Method: filtered historical simulation, 500 whole days at the volatility of
        today.
      - SOL: 131 of 500 days are before its history and follow BTC.
      ! bybit-quant-a (bybit): rate limited, try again in 12 s. Figures are from 41 s
        ago.
      ! okx-mm (okx): API key refused (venue code 50111), check key, secret and
        passphrase, permissions and IP list. In no total.
      - Price history of PEPE: no venue of the desk lists a perpetual of it.
      "
    `);
  });
  test('/rebalance', async () => {
    expect(await drawn('rebalance', as)).toMatchInlineSnapshot(`
      "
      !!! Rebalance  as of 14:32:05 UTC
      Plan reaches it: $2,872 in 1 transfer   Target health 2.00x   Lacking $2,872
      Spare $103,421
      !!! Near liquidation all the same BTC long kn7v 1.8%, BTC short s4vt 1.9%, and 2
        more

      Transfers, USD
      From         To               Amount           Coin  By
      okx-reserve  binance-quant-b   2,872  2,871.15 USDT  hand

      Health, before and after
      Account              Now    After  Equity  Usage
      bybit-quant-a     14.52x   14.52x  21,500  60.0%
      bybit-basis      199.18x  199.18x  24,002   8.4%
      binance-quant-b    1.15x    2.00x   6,821  52.8%
      okx-mm           200.00x  200.00x  15,000  10.0%
      ztdx-mm          200.00x  200.00x   9,000  10.0%
      okx-reserve            –        –  57,128     0%

      ! The plan aims at account health only; how near liquidation is in price, /liq
        says.
      ! No transfer helps isolated positions (kn7v, s4vt, cxce, a2zt): each takes
        margin of its own, /addmargin kn7v AMOUNT.
      - By hand: between venues the console cannot move money; withdraw and deposit.
      - Isolated positions keep the margin they have.
      "
    `);
  });
});

describe('on a phone, 30 columns, in Chinese', () => {
  const as = { width: 30, locale: 'zh-CN' } as const;
  test('/stress', async () => {
    expect(await drawn('stress', as)).toMatchInlineSnapshot(`
      "
      * 压力测试  截至 14:32:05 UTC
      情景 141 个中至少 68 个触发强
        平
      最差 usdt-0.65：损失 $13,800，
        6 个账户中 1 个被强平

      由差到好，各账户互不支援（美
      元）
      情景          强平   损失
      usdt-0.65     1+/6 13,800
      btc-15        1+/6  3,676
      2022-06-13    1+/6  2,035
      all-15        1+/6  1,965
      2025-10-10    1+/6  1,565
      2024-08-05    1+/6  1,461
      sol+10        1+/6  1,026
      corr1-20      1+/6    321
      2022-06-10_18 1+/6   -272
      2024-08-02_05 1+/6   -390
      2021-05-19    1+/6 -2,116
      all+10        1+/6 -2,136

      ! bybit-basis：无法判断是否被
        强平：币种抵押的折算率未知。
      ! binance-quant-b：无法判断是
        否被强平：维持保证金档位未
        知。
      - 波动率情景从略：PEPE 的波动
        率未知。
      - 另有 129 个情景未显示：较
        轻，或为已显示情景的不同幅
        度。
      - 查看单个情景：/stress
        usdt-0.65。
      - PEPE 的历史价格：本台各交易
        所均无其永续合约。
      "
    `);
  });
  test('/stress 2025-10-10', async () => {
    expect(await drawn('stress', { ...as, options: crash })).toMatchInlineSnapshot(`
      "
      * 压力测试: 2025-10-10
      截至 14:32:05 UTC
      行情 历史暴跌, BTC -14.1%, SOL
        -21.2%, PEPE -70.0%, ETH
        -20.8%
      强平 1+/6
      损失 $1,565
      合并健康度 288.86x

      最差点（美元）
         账户                   权益
      !! bybit-quant-a        20,710
        a2zt 途中 90.5% 处强平
         bybit-basis          23,437
        未知  损失 565
         binance-quant-b       4,364
        未知  损失 -414
         okx-mm               13,439
        未强平  损失 1,561
         ztdx-mm               9,936
        未强平  损失 -936
         okx-reserve          60,000
        未强平  损失 0

      可避免强平的划转（美元）
      转出 转入                 金额
      bybit-quant-a bybit-quant-a
      (a2zt)
        金额 397  本台

      ! bybit-basis：无法判断是否被
        强平：币种抵押的折算率未知。
      ! binance-quant-b：无法判断是
        否被强平：维持保证金档位未
        知。
      - PEPE 没有当时记录，用替代跌
        幅。
      - 此处不计强平自身对价格的冲
        击。
      "
    `);
  });
  test('/var', async () => {
    expect(await drawn('var', as)).toMatchInlineSnapshot(`
      "
      风险价值  截至 14:32:05 UTC
      VaR 99% 一天 $1,219，占权益
        0.92% (不含 PEPE)
      ES 97.5% $1,333 (不含 PEPE)
      参数法 VaR $1,130，ES $1,135
      K 线截至 2026-02-28

      各资产分量，相加即合计（美元）
      资产 VaR 分量 ES 分量    敞口
      BTC     1,590   1,768  28,001
      ETH       194     252   2,999
      SOL      -563    -686 -15,025

      VaR 99%：1000 天内突破 17 次，
      预期 10 次：过多 (p 4.3%)。
      VaR 95%：1000 天内突破 65 次，
      预期 50 次：过多 (p 3.7%)。
      VaR 95%：突破接连发生 (p
      0.26%)，适应太慢。
      评分针对整个交易台每日事前存下
      的预测。

      ! 未计入：PEPE（$617），没有历
        史价格。
      - 方法：过滤历史模拟，500 个完
        整交易日，按今日波动率缩放。
      - SOL：500 天中有 131 天早于其
        历史，参照 BTC 补全。
      - PEPE 的历史价格：本台各交易
        所均无其永续合约。
      "
    `);
  });
  test('/var over holes', async () => {
    expect(await drawn('var', { ...as, snapshot: few })).toMatchInlineSnapshot(`
      "
      ! 风险价值  截至 14:32:05 UTC
      VaR 99% 一天 $1,037，占权益
        3.1% (不含 PEPE) (不完整：4
        个账户缺 1 个，1 个数据过时)
      ES 97.5% $1,054 (不含 PEPE)
        (不完整)
      参数法 VaR $841，ES $846 (不完
        整)
      K 线截至 2026-02-28

      各资产分量，相加即合计（美元）
      资产 VaR 分量 ES 分量    敞口
      SOL     1,048   1,138 -15,025
      ETH       142     156  -4,502
      BTC      -152    -239  23,999

      VaR 99%：1000 天内突破 17 次，
      预期 10 次：过多 (p 4.3%)。
      VaR 95%：1000 天内突破 65 次，
      预期 50 次：过多 (p 3.7%)。
      VaR 95%：突破接连发生 (p
      0.26%)，适应太慢。
      评分针对整个交易台每日事前存下
      的预测。

      ! 未计入：PEPE（$617），没有历
        史价格。
      ! 只有全部账户都读到时才保存预
        测；当前未读到：
        bybit-quant-a, okx-mm。没有
        保存预测的日子不参与评分。
      - 方法：过滤历史模拟，500 个完
        整交易日，按今日波动率缩放。
      - SOL：500 天中有 131 天早于其
        历史，参照 BTC 补全。
      ! bybit-quant-a (bybit)：触发
        限频，12 秒后重试。显示的是
        41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝
        （交易所错误码 50111），请检
        查密钥、密钥口令、权限和 IP
        白名单。未计入任何合计。
      - PEPE 的历史价格：本台各交易
        所均无其永续合约。
      "
    `);
  });
  test('/rebalance', async () => {
    expect(await drawn('rebalance', as)).toMatchInlineSnapshot(`
      "
      !!! 再平衡  截至 14:32:05 UTC
          方案 可达到：1 笔共 $2,872
          目标健康度 2.00x
          缺口 $2,872
          可动用 $103,421
      !!! 仍接近强平 BTC 多 kn7v
            1.8%, BTC 空 s4vt 1.9%，
            另有 2 个

      划转（美元）
      转出 转入                 金额
      okx-reserve binance-quant-b
        金额 2,872  手动

      健康度，之前与之后
      账户                      现在
      bybit-quant-a           14.52x
        之后 14.52x  权益 21,500
      bybit-basis            199.18x
        之后 199.18x  权益 24,002
      binance-quant-b          1.15x
        之后 2.00x  权益 6,821
      okx-mm                 200.00x
        之后 200.00x  权益 15,000
      ztdx-mm                200.00x
        之后 200.00x  权益 9,000
      okx-reserve                  –
        之后 –  权益 57,128

      ! 方案只看账户健康度；价格离强
        平多近，请看 /liq。
      ! 划转帮不了逐仓持仓（kn7v,
        s4vt, cxce, a2zt）：各自需要
        自己的保证金，/addmargin
        kn7v 金额。
      - 手动：本台不能跨交易所划转，
        请提币再充值。
      - 逐仓持仓的保证金不变。
      "
    `);
  });
});

test.each(['stress', 'var', 'rebalance'])(
  '/%s fits in both languages and both widths',
  async (name) => {
    for (const locale of ['en', 'zh-CN'] as const) {
      for (const snapshot of [whole, few, snapshotOf()]) {
        for (const width of [30, 80]) {
          const text = await drawn(name, { width, locale, snapshot });
          const longest = Math.max(...text.split('\n').map((line) => stringWidth(line)));
          expect(longest).toBeLessThanOrEqual(width);
        }
      }
    }
  },
);
