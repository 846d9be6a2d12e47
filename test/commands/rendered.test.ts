import { describe, expect, test } from 'vitest';
import type { Locale } from '../../src/replies/translate.ts';
import { ask, desk, holedDesk, snapshotOf } from './small-desk.ts';

/** One account shown from an old reading, one never read, one starving. */
const few = snapshotOf(...holedDesk.filter(({ id }) => /quant|mm$/.test(id)));
const whole = snapshotOf(...desk);

async function drawn(name: string, of: { width: number; locale: Locale; snapshot?: typeof few }) {
  const { text } = await ask(of.snapshot ?? few, { name, locale: of.locale });
  return `\n${text(of.width)}\n`;
}

describe('on a terminal, 80 columns', () => {
  const width = 80;
  test('/liq in en', async () => {
    expect(await drawn('liq', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      !!! Liquidation  as of 14:32:05 UTC
      !!! Worst BTC long kn7v 1.8%, P 24h 45.9%
      * No stop 2 of 6, 2 unknown (partial: 1 of 4 accounts missing, 1 stale)

          Id    Asset  Side     Dist   P 24h       Liq      Stop  Age  Account
      !!! kn7v  BTC    long     1.8%   45.9%  58,911.3  59,500.0   1s  binance-quant-b
      !!! s4vt  BTC    short    1.9%   43.7%  61,205.4      none   1s  binance-quant-b
      !!  cxce  SOL    short    5.7%  ~19.9%   158.912      none  41s  bybit-quant-a
      !   a2zt  BTC    long    12.8%   0.10%  52,310.5  56,000.0  41s  bybit-quant-a
          n82m  ETH    short  198.9%   0.10%   8,971.0         –   1s  ztdx-mm
          6g9a  PEPE   long        –       –         –         –   1s  binance-quant-b

      ! Venue and own estimate of a liquidation price differ, go by the nearer one:
        cxce 158.912 and 158.833, a2zt 52,310.5 and 52,336.7.
      ! 1 position has no known liquidation price: 6g9a. It may be nearer than those
        above.
      - No estimate for 6g9a: the maintenance brackets are not known.
      - ~ before P 24h: not checked against outcomes (past ranges, too few, old, or of
        one asset of several: 1).
      ! bybit-quant-a (bybit): rate limited, try again in 12 s. Figures are from 41 s
        ago.
      ! okx-mm (okx): API key refused (venue code 50111), check key, secret and
        passphrase, permissions and IP list. In no total.
      - Price history of PEPE: no venue of the desk lists a perpetual of it.
      "
    `);
  });
  test('/exposure in en', async () => {
    expect(await drawn('exposure', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      ! Exposure  as of 14:32:05 UTC
      Net $5,090 (partial: 1 of 4 accounts missing, 1 stale)   Gross $80,149 (partial)
      Long $42,619 (partial)   Short $37,530 (partial)   Equity $34,450 (partial)
      Open PnL $555 (partial)   Top share BTC 54.4% (partial)

      By asset, USD
      Asset      Net   Gross    Long   Short  Coin  Hedge  Share         Qty
      BTC     23,999  60,005  42,002  18,003     0  42.8%  54.4%         0.4
      SOL    -15,025  15,025       0  15,025     0     0%  34.1%        -100
      ETH     -4,502   4,502       0   4,502     0     0%  10.2%        -1.5
      PEPE       617     617     617       0     0     0%   1.4%  50,000,000

      By venue, USD
      Venue           Net   Gross    Long   Short  Equity
      bybit        14,975  45,025  30,000  15,025  21,500
      binanceusdm  -5,384  30,622  12,619  18,003   3,950
      ztdx         -4,502   4,502       0   4,502   9,000

      By account, USD
      Account             Net   Gross    Long   Short  Equity
      bybit-quant-a    14,975  45,025  30,000  15,025  21,500
      binance-quant-b  -5,384  30,622  12,619  18,003   3,950
      ztdx-mm          -4,502   4,502       0   4,502   9,000

      ! bybit-quant-a (bybit): rate limited, try again in 12 s. Figures are from 41 s
        ago.
      ! okx-mm (okx): API key refused (venue code 50111), check key, secret and
        passphrase, permissions and IP list. In no total.
      "
    `);
  });
  test('/positions in en', async () => {
    expect(await drawn('positions', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      !!! Positions  as of 14:32:05 UTC
      Notional $80,149 (partial: 1 of 4 accounts missing, 1 stale)
      Open PnL $555 (partial)

          Id    Asset  Side   Notional    PnL     Qty      Entry  Age  Account
      !   a2zt  BTC    long     30,000    894     0.5   58,210.4  41s  bybit-quant-a
      !!  cxce  SOL    short    15,025   -204     100    148.213  41s  bybit-quant-a
      !!! s4vt  BTC    short    18,003  27.00     0.3   60,100.0   1s  binance-quant-b
      !!! kn7v  BTC    long     12,002   -178     0.2   60,900.0   1s  binance-quant-b
          6g9a  PEPE   long        617   2.00  50,000  0.0123000   1s  binance-quant-b
          n82m  ETH    short     4,502  13.50     1.5    3,010.0   1s  ztdx-mm

      ! bybit-quant-a (bybit): rate limited, try again in 12 s. Figures are from 41 s
        ago.
      ! okx-mm (okx): API key refused (venue code 50111), check key, secret and
        passphrase, permissions and IP list. In no total.
      - Price history of PEPE: no venue of the desk lists a perpetual of it.
      "
    `);
  });
  test('/margin in en', async () => {
    expect(await drawn('margin', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      !!! Margin  as of 14:32:05 UTC
      Equity $34,450 (partial: 1 of 4 accounts missing, 1 stale)
      Free $11,377 (partial)   ! Usage 50.6% (partial)   Pool health 6.97x (partial)
      !!! Weakest binance-quant-b 1.15x   Today +$6.00 (3 of 4 accounts)
      Funding today $2.10 paid, estimate (2 of 4 accounts)

      Per account, USD
          Account           Health  P 24h  Venue's ratio         Usage  Equity  Today
      !   bybit-quant-a     14.52x         accountMMRate 0.0688  60.0%  21,500   2.00
      !!! binance-quant-b    1.15x      –  marginRatio 0.8634    91.2%   3,950   2.00
      !   okx-mm                 –         –                         –       –      –
          ztdx-mm          200.00x  0.10%  –                     10.0%   9,000   2.00

      ! bybit-quant-a (bybit): rate limited, try again in 12 s. Figures are from 41 s
        ago.
      ! okx-mm (okx): API key refused (venue code 50111), check key, secret and
        passphrase, permissions and IP list. In no total.
      - P 24h not known for binance-quant-b: parts of the account are not known.
      - The pool is arithmetic: no venue moves margin to another by itself.
      - Today counts from 00:00 UTC, transfers included; funding is the settled rates
        on the size held now.
      - The first reading of the day is from 12:00:00 UTC for ztdx-mm.
      - Price history of PEPE: no venue of the desk lists a perpetual of it.
      "
    `);
  });
  test('/status in en', async () => {
    expect(await drawn('status', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      ! Status  as of 14:32:05 UTC
      ! Accounts 2 of 4 fresh   Version 0.1.0   Running for 62 min

      Accounts
         Account          Venue        Age  State
      !  bybit-quant-a    bybit        41s  stale
         binance-quant-b  binanceusdm   1s  ok
      !! okx-mm           okx            –  missing
         ztdx-mm          ztdx          1s  ok

      Loops
      Loop     Age
      refresh   2s
      marks      –

      ! bybit-quant-a (bybit): rate limited, try again in 12 s. Figures are from 41 s
        ago.
      ! okx-mm (okx): API key refused (venue code 50111), check key, secret and
        passphrase, permissions and IP list. In no total.
      "
    `);
  });
  test('/help in en', async () => {
    expect(await drawn('help', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      Commands

      /exposure [asset] [account]
        Long, short and net per asset, over all venues
      /positions [asset] [account]
        Every open position
      /margin [account]
        Equity, margin and health per account and pooled
      /liq [asset] [account]
        Positions by nearness of liquidation
      /stress [scenario]
        What crashes would do, account by account
      /var
        Value at risk of the next day, by asset
      /report
        The day at a glance: worth, change, alerts, forecast, and what to do first
      /rebalance
        The cheapest transfers to safety
      /tpsl POSITION [tp=…] [sl=…] [trail=…] [clear=…]
        Take-profit and stop-loss of a position: shows, sets, clears
      /addmargin POSITION [amount] [liq=…] [hf=…]
        Adds collateral to a position, or as much as reaches a target
      /removemargin POSITION [amount] [liq=…] [hf=…]
        Takes collateral back from a position
      /reduce POSITION [size] [hf=…]
        Closes a part of a position at the market, reduce-only
      /transfer FROM TO AMOUNT [currency]
        Moves collateral between two accounts of a venue
      /protect [what] [when=…] [add=…] [from=…] [reduce=…] [lock=…] [cap=…] [day=…]
      [cooldown=…] [for=…] [live=…] [end=…]
        Plans that act by themselves: shows them, proposes one, ends one
      /flatten SCOPE
        Closes everything in a scope at the market, reduce-only; two people agree
      /stop
        Stops everything that acts by itself, at once
      /resume
        Lets plans act again after /stop
      /confirm TOKEN [amount]
        Agrees to a preview that you asked for
      /approve TOKEN
        Agrees to somebody else's confirmed request
      /cancel TOKEN
        Takes a preview back, or turns a request down
      /check TOKEN
        Looks at what became of an action
      /audit [n]
        Who did what, and what the venue said
      /alerts [test] [destination]
        What fires now, and who has it in hand
      /ack ID [for]
        Takes an alert in hand: no more reminders for a while
      /snooze ID [for]
        Puts an alert off, 1 h unless you say otherwise
      /silence [account=…] [venue=…] [asset=…] [rule=…] [level=…] [for=…] [reason=…]
      [agree=…] [end=…]
        Keeps alerts quiet for a while, with an end and a reason
      /status
        Age and health of everything the desk depends on
      /reload
        Reads the desk file again and takes over what has changed
      /whoami
        Who the desk takes you for, and what you may see
      /help
        This list

      Arguments in brackets may be left out. Write them in order, or by name: /liq
      BTC, /liq account=bybit-quant-a. Use quotes for spaces.

      Marks: !!! emergency, !! critical, ! warning, * watch. – means not known.

      - demo desk: play money on a simulated market
      "
    `);
  });
  test('/liq in zh-CN', async () => {
    expect(await drawn('liq', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      !!! 强平  截至 14:32:05 UTC
      !!! 最危险 BTC 多 kn7v 1.8%，P 24h 45.9%
      * 无止损 6 个中 2 个，未知 2 个 (不完整：4 个账户缺 1 个，1 个数据过时)

          编号  资产  方向    距离   P 24h      强平      止损  时效  账户
      !!! kn7v  BTC   多      1.8%   45.9%  58,911.3  59,500.0    1s  binance-quant-b
      !!! s4vt  BTC   空      1.9%   43.7%  61,205.4        无    1s  binance-quant-b
      !!  cxce  SOL   空      5.7%  ~19.9%   158.912        无   41s  bybit-quant-a
      !   a2zt  BTC   多     12.8%   0.10%  52,310.5  56,000.0   41s  bybit-quant-a
          n82m  ETH   空    198.9%   0.10%   8,971.0         –    1s  ztdx-mm
          6g9a  PEPE  多         –       –         –         –    1s  binance-quant-b

      ! 交易所强平价与本台估算不一致，请以较近者为准：cxce 158.912 与 158.833, a2zt
        52,310.5 与 52,336.7。
      ! 1 个持仓强平价未知：6g9a，可能比上面的更近。
      - 6g9a 无法估算：维持保证金档位未知。
      - P 24h 前的 ~ 表示未经实际结果检验（历史波幅，样本少、过旧或仅含一种资产：1）。
      ! bybit-quant-a (bybit)：触发限频，12 秒后重试。显示的是 41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝（交易所错误码 50111），请检查密钥、密钥口令、权限
        和 IP 白名单。未计入任何合计。
      - PEPE 的历史价格：本台各交易所均无其永续合约。
      "
    `);
  });
  test('/exposure in zh-CN', async () => {
    expect(await drawn('exposure', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      ! 敞口  截至 14:32:05 UTC
      净敞口 $5,090 (不完整：4 个账户缺 1 个，1 个数据过时)   总敞口 $80,149 (不完整)
      多头 $42,619 (不完整)   空头 $37,530 (不完整)   权益 $34,450 (不完整)
      未实现盈亏 $555 (不完整)   最大占比 BTC 54.4% (不完整)

      按资产（美元）
      资产   净敞口  总敞口    多头    空头  币抵押  对冲率   占比        数量
      BTC    23,999  60,005  42,002  18,003       0   42.8%  54.4%         0.4
      SOL   -15,025  15,025       0  15,025       0      0%  34.1%        -100
      ETH    -4,502   4,502       0   4,502       0      0%  10.2%        -1.5
      PEPE      617     617     617       0       0      0%   1.4%  50,000,000

      按交易所（美元）
      交易所       净敞口  总敞口    多头    空头    权益
      bybit        14,975  45,025  30,000  15,025  21,500
      binanceusdm  -5,384  30,622  12,619  18,003   3,950
      ztdx         -4,502   4,502       0   4,502   9,000

      按账户（美元）
      账户             净敞口  总敞口    多头    空头    权益
      bybit-quant-a    14,975  45,025  30,000  15,025  21,500
      binance-quant-b  -5,384  30,622  12,619  18,003   3,950
      ztdx-mm          -4,502   4,502       0   4,502   9,000

      ! bybit-quant-a (bybit)：触发限频，12 秒后重试。显示的是 41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝（交易所错误码 50111），请检查密钥、密钥口令、权限
        和 IP 白名单。未计入任何合计。
      "
    `);
  });
  test('/positions in zh-CN', async () => {
    expect(await drawn('positions', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      !!! 持仓  截至 14:32:05 UTC
      名义价值 $80,149 (不完整：4 个账户缺 1 个，1 个数据过时)
      未实现盈亏 $555 (不完整)

          编号  资产  方向  名义价值   盈亏    数量     开仓价  时效  账户
      !   a2zt  BTC   多      30,000    894     0.5   58,210.4   41s  bybit-quant-a
      !!  cxce  SOL   空      15,025   -204     100    148.213   41s  bybit-quant-a
      !!! s4vt  BTC   空      18,003  27.00     0.3   60,100.0    1s  binance-quant-b
      !!! kn7v  BTC   多      12,002   -178     0.2   60,900.0    1s  binance-quant-b
          6g9a  PEPE  多         617   2.00  50,000  0.0123000    1s  binance-quant-b
          n82m  ETH   空       4,502  13.50     1.5    3,010.0    1s  ztdx-mm

      ! bybit-quant-a (bybit)：触发限频，12 秒后重试。显示的是 41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝（交易所错误码 50111），请检查密钥、密钥口令、权限
        和 IP 白名单。未计入任何合计。
      - PEPE 的历史价格：本台各交易所均无其永续合约。
      "
    `);
  });
  test('/margin in zh-CN', async () => {
    expect(await drawn('margin', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      !!! 保证金  截至 14:32:05 UTC
      权益 $34,450 (不完整：4 个账户缺 1 个，1 个数据过时)   可用 $11,377 (不完整)
      ! 使用率 50.6% (不完整)   合并健康度 6.97x (不完整)
      !!! 最弱账户 binance-quant-b 1.15x   今日 +$6.00 (4 个账户中 3 个)
      今日资金费 估算付出 $2.10 (4 个账户中 2 个)

      按账户（美元）
          账户              健康度  P 24h  交易所口径            使用率    权益  今日
      !   bybit-quant-a     14.52x         accountMMRate 0.0688   60.0%  21,500  2.00
      !!! binance-quant-b    1.15x      –  marginRatio 0.8634     91.2%   3,950  2.00
      !   okx-mm                 –         –                          –       –     –
          ztdx-mm          200.00x  0.10%  –                      10.0%   9,000  2.00

      ! bybit-quant-a (bybit)：触发限频，12 秒后重试。显示的是 41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝（交易所错误码 50111），请检查密钥、密钥口令、权限
        和 IP 白名单。未计入任何合计。
      - binance-quant-b 的 P 24h 未知：账户部分数据未知。
      - 合并数字仅为加总：保证金不会自动在交易所之间划转。
      - 今日自 00:00 UTC 起算，含划转；资金费按已结算费率与当前持仓量估算。
      - ztdx-mm 当日首次读数在 12:00:00 UTC。
      - PEPE 的历史价格：本台各交易所均无其永续合约。
      "
    `);
  });
  test('/status in zh-CN', async () => {
    expect(await drawn('status', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      ! 状态  截至 14:32:05 UTC
      ! 账户 4 个中 2 个最新   版本 0.1.0   已运行 62 分钟

      账户
         账户             交易所       时效  状态
      !  bybit-quant-a    bybit         41s  过期
         binance-quant-b  binanceusdm    1s  正常
      !! okx-mm           okx             –  缺失
         ztdx-mm          ztdx           1s  正常

      后台任务
      任务     时效
      refresh    2s
      marks       –

      ! bybit-quant-a (bybit)：触发限频，12 秒后重试。显示的是 41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝（交易所错误码 50111），请检查密钥、密钥口令、权限
        和 IP 白名单。未计入任何合计。
      "
    `);
  });
  test('/help in zh-CN', async () => {
    expect(await drawn('help', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      命令

      /exposure [asset] [account]
        跨交易所的多头、空头与净敞口，按资产汇总
      /positions [asset] [account]
        全部持仓
      /margin [account]
        各账户及合并的权益、保证金与健康度
      /liq [asset] [account]
        持仓按离强平远近排序
      /stress [scenario]
        历史暴跌与冲击下各账户的结果
      /var
        未来一天的风险价值，按资产分解
      /report
        当日概览：权益、变化、告警、预测与首要处置
      /rebalance
        达到安全所需的最少划转
      /tpsl POSITION [tp=…] [sl=…] [trail=…] [clear=…]
        持仓的止盈止损：查看、设置、清除
      /addmargin POSITION [amount] [liq=…] [hf=…]
        为持仓追加保证金，或追加到目标所需
      /removemargin POSITION [amount] [liq=…] [hf=…]
        从持仓取回保证金
      /reduce POSITION [size] [hf=…]
        以市价只减仓方式平掉部分持仓
      /transfer FROM TO AMOUNT [currency]
        在同一交易所的两个账户间划转
      /protect [what] [when=…] [add=…] [from=…] [reduce=…] [lock=…] [cap=…] [day=…]
      [cooldown=…] [for=…] [live=…] [end=…]
        自动操作的保护计划：查看、提议、结束
      /flatten SCOPE
        以市价只减仓方式平掉范围内全部仓位；需两人同意
      /stop
        立即停止一切自动操作
      /resume
        在 /stop 之后恢复保护计划
      /confirm TOKEN [amount]
        确认您自己发起的预览
      /approve TOKEN
        批准他人已确认的请求
      /cancel TOKEN
        撤回预览，或拒绝请求
      /check TOKEN
        查看一个操作的结果
      /audit [n]
        谁做了什么，交易所如何回应
      /alerts [test] [destination]
        正在触发的告警，以及由谁处理
      /ack ID [for]
        接手一个告警：一段时间内不再提醒
      /snooze ID [for]
        推迟一个告警，默认 1 小时
      /silence [account=…] [venue=…] [asset=…] [rule=…] [level=…] [for=…] [reason=…]
      [agree=…] [end=…]
        让告警静默一段时间，须有期限和原因
      /status
        各账户与后台任务的状态和数据时效
      /reload
        重新读取配置文件并接管变更
      /whoami
        您的身份、角色与可见账户
      /help
        命令列表

      方括号内的参数可省略。可按顺序写，也可写参数名：/liq BTC、/liq
      account=bybit-quant-a。含空格时加引号。

      标记：!!! 紧急，!! 严重，! 警告，* 关注。– 表示未知。

      - 演示台：模拟行情，虚拟资金
      "
    `);
  });
});

describe('on a phone, 30 columns', () => {
  const width = 30;
  test('/liq in en', async () => {
    expect(await drawn('liq', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      !!! Liquidation
      as of 14:32:05 UTC
      !!! Worst BTC long kn7v 1.8%,
            P 24h 45.9%
      *   No stop 2 of 6, 2 unknown
            (partial: 1 of 4
            accounts missing, 1
            stale)

          Id Asset Side         Dist
      !!! kn7v BTC long         1.8%
        P 24h 45.9%  Liq 58,911.3
        Stop 59,500.0  Age 1s
      !!! s4vt BTC short        1.9%
        P 24h 43.7%  Liq 61,205.4
        Stop none  Age 1s
      !!  cxce SOL short        5.7%
        P 24h ~19.9%  Liq 158.912
        Stop none  Age 41s
      !   a2zt BTC long        12.8%
        P 24h 0.10%  Liq 52,310.5
        Stop 56,000.0  Age 41s
          n82m ETH short      198.9%
        P 24h 0.10%  Liq 8,971.0
        Stop –  Age 1s  ztdx-mm
          6g9a PEPE long           –
        P 24h –  Liq –  Stop –

      ! Venue and own estimate of a
        liquidation price differ, go
        by the nearer one: cxce
        158.912 and 158.833, a2zt
        52,310.5 and 52,336.7.
      ! 1 position has no known
        liquidation price: 6g9a. It
        may be nearer than those
        above.
      - No estimate for 6g9a: the
        maintenance brackets are not
        known.
      - ~ before P 24h: not checked
        against outcomes (past
        ranges, too few, old, or of
        one asset of several: 1).
      ! bybit-quant-a (bybit): rate
        limited, try again in 12 s.
        Figures are from 41 s ago.
      ! okx-mm (okx): API key
        refused (venue code 50111),
        check key, secret and
        passphrase, permissions and
        IP list. In no total.
      - Price history of PEPE: no
        venue of the desk lists a
        perpetual of it.
      "
    `);
  });
  test('/exposure in en', async () => {
    expect(await drawn('exposure', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      ! Exposure  as of 14:32:05 UTC
      Net $5,090 (partial: 1 of 4
        accounts missing, 1 stale)
      Gross     $80,149 (partial)
      Long      $42,619 (partial)
      Short     $37,530 (partial)
      Equity    $34,450 (partial)
      Open PnL  $555 (partial)
      Top share BTC 54.4% (partial)

      By asset, USD
      Asset     Net  Gross Hedge
      BTC    23,999 60,005 42.8%
      SOL   -15,025 15,025    0%
      ETH    -4,502  4,502    0%
      PEPE      617    617    0%

      By venue, USD
      Venue          Net Equity
      bybit       14,975 21,500
      binanceusdm -5,384  3,950
      ztdx        -4,502  9,000

      By account, USD
      Account            Net Equity
      bybit-quant-a   14,975 21,500
      binance-quant-b -5,384  3,950
      ztdx-mm         -4,502  9,000

      ! bybit-quant-a (bybit): rate
        limited, try again in 12 s.
        Figures are from 41 s ago.
      ! okx-mm (okx): API key
        refused (venue code 50111),
        check key, secret and
        passphrase, permissions and
        IP list. In no total.
      "
    `);
  });
  test('/positions in en', async () => {
    expect(await drawn('positions', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      !!! Positions
      as of 14:32:05 UTC
      Notional $80,149 (partial: 1
        of 4 accounts missing, 1
        stale)
      Open PnL $555 (partial)

          Id Asset Side     Notional
      !   a2zt BTC long       30,000
        PnL 894  Age 41s
      !!  cxce SOL short      15,025
        PnL -204  Age 41s
      !!! s4vt BTC short      18,003
        PnL 27.00  Age 1s
      !!! kn7v BTC long       12,002
        PnL -178  Age 1s
          6g9a PEPE long         617
        PnL 2.00  Age 1s
          n82m ETH short       4,502
        PnL 13.50  Age 1s  ztdx-mm

      ! bybit-quant-a (bybit): rate
        limited, try again in 12 s.
        Figures are from 41 s ago.
      ! okx-mm (okx): API key
        refused (venue code 50111),
        check key, secret and
        passphrase, permissions and
        IP list. In no total.
      - Price history of PEPE: no
        venue of the desk lists a
        perpetual of it.
      "
    `);
  });
  test('/margin in en', async () => {
    expect(await drawn('margin', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      !!! Margin  as of 14:32:05 UTC
          Equity $34,450 (partial: 1
            of 4 accounts missing, 1
            stale)
          Free $11,377 (partial)
      !   Usage 50.6% (partial)
          Pool health 6.97x
            (partial)
      !!! Weakest binance-quant-b
            1.15x
          Today +$6.00 (3 of 4
            accounts)
          Funding today $2.10 paid,
            estimate (2 of 4
            accounts)

      Per account, USD
          Account             Health
      !   bybit-quant-a       14.52x
        Usage 60.0%  Equity 21,500
      !!! binance-quant-b      1.15x
        Usage 91.2%  Equity 3,950
      !   okx-mm                   –
        Usage –  Equity –
          ztdx-mm            200.00x
        Usage 10.0%  Equity 9,000

      ! bybit-quant-a (bybit): rate
        limited, try again in 12 s.
        Figures are from 41 s ago.
      ! okx-mm (okx): API key
        refused (venue code 50111),
        check key, secret and
        passphrase, permissions and
        IP list. In no total.
      - P 24h not known for
        binance-quant-b: parts of
        the account are not known.
      - The pool is arithmetic: no
        venue moves margin to
        another by itself.
      - Today counts from 00:00 UTC,
        transfers included; funding
        is the settled rates on the
        size held now.
      - The first reading of the day
        is from 12:00:00 UTC for
        ztdx-mm.
      - Price history of PEPE: no
        venue of the desk lists a
        perpetual of it.
      "
    `);
  });
  test('/status in en', async () => {
    expect(await drawn('status', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      ! Status  as of 14:32:05 UTC
      ! Accounts    2 of 4 fresh
        Version     0.1.0
        Running for 62 min

      Accounts
         Account         Age State
      !  bybit-quant-a   41s stale
         binance-quant-b  1s ok
      !! okx-mm            – missing
         ztdx-mm          1s ok

      Loops
      Loop    Age
      refresh  2s
      marks     –

      ! bybit-quant-a (bybit): rate
        limited, try again in 12 s.
        Figures are from 41 s ago.
      ! okx-mm (okx): API key
        refused (venue code 50111),
        check key, secret and
        passphrase, permissions and
        IP list. In no total.
      "
    `);
  });
  test('/whoami in en', async () => {
    expect(await drawn('whoami', { width, locale: 'en' })).toMatchInlineSnapshot(`
      "
      You are trader
      Roles    trader
      Via      terminal
      Desk     Main desk
      Accounts bybit-quant-a,
        binance-quant-b, okx-mm,
        ztdx-mm

      - demo desk: play money on a
        simulated market
      "
    `);
  });
  test('/liq in zh-CN', async () => {
    expect(await drawn('liq', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      !!! 强平  截至 14:32:05 UTC
      !!! 最危险 BTC 多 kn7v 1.8%，P
            24h 45.9%
      *   无止损 6 个中 2 个，未知 2
            个 (不完整：4 个账户缺 1
            个，1 个数据过时)

          编号 资产        距离 方向
      !!! kn7v BTC         1.8% 多
        P 24h 45.9%  强平 58,911.3
        止损 59,500.0  时效 1s
      !!! s4vt BTC         1.9% 空
        P 24h 43.7%  强平 61,205.4
        止损 无  时效 1s
      !!  cxce SOL         5.7% 空
        P 24h ~19.9%  强平 158.912
        止损 无  时效 41s
      !   a2zt BTC        12.8% 多
        P 24h 0.10%  强平 52,310.5
        止损 56,000.0  时效 41s
          n82m ETH       198.9% 空
        P 24h 0.10%  强平 8,971.0
        止损 –  时效 1s  ztdx-mm
          6g9a PEPE           – 多
        P 24h –  强平 –  止损 –

      ! 交易所强平价与本台估算不一
        致，请以较近者为准：cxce
        158.912 与 158.833, a2zt
        52,310.5 与 52,336.7。
      ! 1 个持仓强平价未知：6g9a，可
        能比上面的更近。
      - 6g9a 无法估算：维持保证金档
        位未知。
      - P 24h 前的 ~ 表示未经实际结
        果检验（历史波幅，样本少、过
        旧或仅含一种资产：1）。
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
  test('/exposure in zh-CN', async () => {
    expect(await drawn('exposure', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      ! 敞口  截至 14:32:05 UTC
      净敞口 $5,090 (不完整：4 个账
        户缺 1 个，1 个数据过时)
      总敞口 $80,149 (不完整)
      多头 $42,619 (不完整)
      空头 $37,530 (不完整)
      权益 $34,450 (不完整)
      未实现盈亏 $555 (不完整)
      最大占比 BTC 54.4% (不完整)

      按资产（美元）
      资产  净敞口 总敞口 对冲率
      BTC   23,999 60,005  42.8%
      SOL  -15,025 15,025     0%
      ETH   -4,502  4,502     0%
      PEPE     617    617     0%

      按交易所（美元）
      交易所      净敞口   权益
      bybit       14,975 21,500
      binanceusdm -5,384  3,950
      ztdx        -4,502  9,000

      按账户（美元）
      账户            净敞口   权益
      bybit-quant-a   14,975 21,500
      binance-quant-b -5,384  3,950
      ztdx-mm         -4,502  9,000

      ! bybit-quant-a (bybit)：触发
        限频，12 秒后重试。显示的是
        41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝
        （交易所错误码 50111），请检
        查密钥、密钥口令、权限和 IP
        白名单。未计入任何合计。
      "
    `);
  });
  test('/positions in zh-CN', async () => {
    expect(await drawn('positions', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      !!! 持仓  截至 14:32:05 UTC
      名义价值 $80,149 (不完整：4 个
        账户缺 1 个，1 个数据过时)
      未实现盈亏 $555 (不完整)

          编号 资产    名义价值 方向
      !   a2zt BTC       30,000 多
        盈亏 894  时效 41s
      !!  cxce SOL       15,025 空
        盈亏 -204  时效 41s
      !!! s4vt BTC       18,003 空
        盈亏 27.00  时效 1s
      !!! kn7v BTC       12,002 多
        盈亏 -178  时效 1s
          6g9a PEPE         617 多
        盈亏 2.00  时效 1s
          n82m ETH        4,502 空
        盈亏 13.50  时效 1s  ztdx-mm

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
  test('/margin in zh-CN', async () => {
    expect(await drawn('margin', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      !!! 保证金  截至 14:32:05 UTC
          权益 $34,450 (不完整：4 个
            账户缺 1 个，1 个数据过
            时)
          可用 $11,377 (不完整)
      !   使用率 50.6% (不完整)
          合并健康度 6.97x (不完整)
      !!! 最弱账户 binance-quant-b
            1.15x
          今日 +$6.00 (4 个账户中 3
            个)
          今日资金费 估算付出 $2.10
            (4 个账户中 2 个)

      按账户（美元）
          账户                健康度
      !   bybit-quant-a       14.52x
        使用率 60.0%  权益 21,500
      !!! binance-quant-b      1.15x
        使用率 91.2%  权益 3,950
      !   okx-mm                   –
        使用率 –  权益 –
          ztdx-mm            200.00x
        使用率 10.0%  权益 9,000

      ! bybit-quant-a (bybit)：触发
        限频，12 秒后重试。显示的是
        41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝
        （交易所错误码 50111），请检
        查密钥、密钥口令、权限和 IP
        白名单。未计入任何合计。
      - binance-quant-b 的 P 24h 未
        知：账户部分数据未知。
      - 合并数字仅为加总：保证金不会
        自动在交易所之间划转。
      - 今日自 00:00 UTC 起算，含划
        转；资金费按已结算费率与当前
        持仓量估算。
      - ztdx-mm 当日首次读数在
        12:00:00 UTC。
      - PEPE 的历史价格：本台各交易
        所均无其永续合约。
      "
    `);
  });
  test('/status in zh-CN', async () => {
    expect(await drawn('status', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      ! 状态  截至 14:32:05 UTC
      ! 账户 4 个中 2 个最新
        版本 0.1.0
        已运行 62 分钟

      账户
         账户            时效 状态
      !  bybit-quant-a    41s 过期
         binance-quant-b   1s 正常
      !! okx-mm             – 缺失
         ztdx-mm           1s 正常

      后台任务
      任务    时效
      refresh   2s
      marks      –

      ! bybit-quant-a (bybit)：触发
        限频，12 秒后重试。显示的是
        41 秒前的数据。
      ! okx-mm (okx)：API 密钥被拒绝
        （交易所错误码 50111），请检
        查密钥、密钥口令、权限和 IP
        白名单。未计入任何合计。
      "
    `);
  });
  test('/whoami in zh-CN', async () => {
    expect(await drawn('whoami', { width, locale: 'zh-CN' })).toMatchInlineSnapshot(`
      "
      您是 trader
      角色 交易员
      来自 终端
      交易台 Main desk
      账户 bybit-quant-a,
        binance-quant-b, okx-mm,
        ztdx-mm

      - 演示台：模拟行情，虚拟资金
      "
    `);
  });
});

test('the whole desk without holes', async () => {
  expect(await drawn('liq', { width: 100, locale: 'en', snapshot: whole })).toMatchInlineSnapshot(`
    "
    !!! Liquidation  as of 14:32:05 UTC
    !!! Worst BTC long kn7v 1.8%, P 24h 45.9%   * No stop 3 of 8, 2 unknown

        Id    Asset  Side     Dist   P 24h       Liq       Mark      Stop   Health  Age  Account
    !!! kn7v  BTC    long     1.8%   45.9%  58,911.3   60,010.0  59,500.0    4.64x   1s  binance-quant-b
    !!! s4vt  BTC    short    1.9%   43.7%  61,205.4   60,010.0      none    5.00x   1s  binance-quant-b
    !!  cxce  SOL    short    5.7%  ~19.9%   158.912    150.250      none    6.82x   1s  bybit-quant-a
    !   a2zt  BTC    long    12.8%   0.10%  52,310.5   60,000.1  56,000.0   26.50x   1s  bybit-quant-a
        n82m  ETH    short  198.9%   0.10%   8,971.0    3,001.0         –  200.00x   1s  ztdx-mm
        6g9a  PEPE   long        –       –         –  0.0123400         –    1.15x   1s  binance-quant-b
        h434  BTC    short       –      0%      none   60,005.0      none  199.18x   1s  bybit-basis
        fkqk  ETH    long        –      0%      none   3,000.20  2,800.00  200.00x   1s  okx-mm

    ! Venue and own estimate of a liquidation price differ, go by the nearer one: cxce 158.912 and
      158.833, a2zt 52,310.5 and 52,336.7.
    ! 1 position has no known liquidation price: 6g9a. It may be nearer than those above.
    - No estimate for 6g9a: the maintenance brackets are not known.
    - ~ before P 24h: not checked against outcomes (past ranges, too few, old, or of one asset of
      several: 1).
    - Price history of PEPE: no venue of the desk lists a perpetual of it.
    "
  `);
});
