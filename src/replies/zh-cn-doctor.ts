import type { enDoctor } from './en-doctor.ts';

/** Simplified Chinese texts of `npm run check`. */
export const zhCnDoctor = {
  'doctor.title': '{{desk}} 体检',
  'doctor.column.key': '密钥权限',
  'doctor.column.clock': '时钟',
  'doctor.column.modes': '账户模式',
  'doctor.column.positions': '持仓',
  'doctor.column.reading': '读取',
  'doctor.reads': '正常',
  'doctor.fails': '失败',
  'doctor.partly': '部分',
  'doctor.key.read': '读取',
  'doctor.key.trade': '读取、交易',
  'doctor.key.withdraw': '可提币',
  'doctor.key.unknown': '未告知',
  'doctor.accounts': '账户',
  'doctor.fine': '{{count}} 个正常，{{faulty}} 个异常',
  'doctor.withdraw':
    '{{account}}：该密钥可以提币！请新建不含提币权限的密钥，并在交易所删除此密钥。',
  'doctor.readOnly':
    '{{account}}：access 为 trade，但密钥只读。请为密钥开通交易权限，或改为 access: read。',
  'doctor.noIpList': '{{account}}：密钥未绑定 IP，任何地址都能使用。请在交易所绑定本机 IP。',
  'doctor.clockOff':
    '{{account}}：本机时钟与交易所相差 {{offset}}。请同步时钟（NTP），否则请求会被拒绝。',
  'doctor.keyUnreadable': '{{account}}：无法读取密钥权限：{{reason}}',
  'doctor.unused': '配置文件中有、但本版本尚未使用的部分：{{sections}}。',
  'doctor.allFine': '一切正常。',

  'doctor.chats': '聊天',
  'doctor.column.chat': '聊天',
  'doctor.column.chatState': '状态',
  'doctor.chat.fine': '正常',
  'doctor.chat.refused': '令牌被拒',
  'doctor.chat.unreachable': '无法连接',
  'doctor.chat.gone': '不存在',
  'doctor.chat.forbidden': '无法进入',
  'doctor.chat.missing-rights': '缺少权限',
  'doctor.chat.moved': '已迁移',
  'doctor.chatFault.refused': '{{network}} 拒绝机器人令牌。请在该平台生成新令牌并替换旧令牌。',
  'doctor.chatFault.unreachable':
    '本机无法连接 {{network}}。请检查网络；如设置了 apiUrl 或 apiRoot，也请检查。',
  'doctor.chatFault.application':
    'discord：应用 ID 与此令牌不符。请从开发者后台的 General Information 页复制。',
  'doctor.chatFault.guild': 'discord：机器人不在所配置的服务器中。请邀请它加入，或更正服务器 ID。',
  'doctor.chatFault.gone': '{{chat}}：机器人看不到此聊天。请邀请机器人，或更正 chats 中的 ID。',
  'doctor.chatFault.forbidden':
    '{{chat}}：机器人无法进入。请把它加入该聊天，或从配置文件中删除该聊天。',
  'doctor.chatFault.missing-rights': '{{chat}}：机器人缺少权限：{{rights}}。请在聊天设置中允许。',
  'doctor.chatFault.moved': '{{chat}} 现为 {{to}}。请把新 ID 写入配置文件。',
  'doctor.chatFault.notLooked': '{{chat}}：暂时无法检查，请重新运行检查。',
} as const satisfies Record<keyof typeof enDoctor, string>;
