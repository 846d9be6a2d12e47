import type { enSelfWatch } from './en-self-watch.ts';

/** Chinese texts of the desk watching itself. */
export const zhCnSelfWatch: Readonly<Record<keyof typeof enSelfWatch, string>> = {
  'alert.trouble.drill': '每日演练消息一分钟内未送达 {{id}}。请检查：/alerts test {{id}}。',
  'alert.trouble.stalled': '程序停顿了数秒：机器过载，告警可能已延迟。',

  'about.reload': '重新读取配置文件并接管变更',
  'option.destination': '配置文件中的告警目的地',

  'alert.titleDrill': '{{id}} 演练：无需处理',
  'drill.title': '演练：{{id}}',
  'drill.arrived': '{{latency}} 后送达。',
  'drill.lost': '一分钟内未送达。/status 可查看 {{id}} 是否暂停或故障；npm run check 检查其权限。',
  'drill.notAdmin': '只有管理员可以发送演练。',
  'drill.unknown': '没有目的地 {{id}}。可用：{{known}}。',

  'watchdog.title': '{{desk}} 值守中',
  'watchdog.titleIll': '{{desk}} 异常',
  'watchdog.accounts': '数据新鲜的账户',
  'watchdog.oldest': '最旧数据',
  'watchdog.queue': '待发消息',
  'watchdog.firing': '活动告警',
  'watchdog.note': '每 5 分钟更新一次。若上方时间早于 10 分钟前，说明已无人值守。',
  'watchdog.ailment': '异常：{{reason}}。',

  'reload.title': '配置文件',
  'reload.done': '已接管：{{sections}}。',
  'reload.nothing': '没有变化。',
  'reload.demo': '这里无需接管：演示台没有配置文件；没有运行中的控制台时，每条命令都会重新读取。',
  'reload.kept_one': '{{count}} 个问题；继续使用原配置。',
  'reload.kept_other': '{{count}} 个问题；继续使用原配置。',
  'reload.restart': '以下需重启后生效：{{sections}}。在此之前沿用原有设置。',

  'doctor.places': '告警目的地',
  'doctor.column.place': '目的地',
  'doctor.place.fine': '正常',
  'doctor.place.reachable': '有应答；可用 /alerts test 测试',
  'doctor.place.unreachable': '无应答',
  'doctor.place.refused': '拒绝凭证',
  'doctor.placeFault.unreachable': '{{id}} 无应答：请检查配置文件中的地址和本机的出网。',
  'doctor.placeFault.refused': '{{id}} 拒绝我们的凭证：请检查配置文件中的用户、密码或密钥。',
};
