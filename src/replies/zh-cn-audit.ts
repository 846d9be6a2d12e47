import type { enAudit } from './en-audit.ts';

export const zhCnAudit: Record<keyof typeof enAudit, string> = {
  'verify.intact': '{{place}}：审计记录完整，共 {{count}} 行，末行哈希 {{hash}}。',
  'verify.empty': '{{place}}：尚无审计记录。',
  'verify.broken': '{{place}}：审计记录不完整：{{count}} 行中有 {{faults}} 处问题。',
  'verify.changed': '第 {{sequence}} 行（{{what}}，{{at}}）在写入后被改动。',
  'verify.missing': '第 {{sequence}} 行（{{what}}，{{at}}）之前有记录缺失。',
  'verify.reordered': '第 {{sequence}} 行（{{what}}，{{at}}）不在写入时的位置，或重复出现。',
  'verify.unlinked': '第 {{sequence}} 行（{{what}}，{{at}}）与前一行不衔接：其中一行是后来放入的。',
  'verify.cutEnd': '末尾被截断：共写入 {{sequence}} 行，此处最后一行是第 {{last}} 行。',
  'verify.otherEnd': '最后一行不是最后写入的那一行：有记录被添加或替换。',
  'verify.unreadable': '前 {{count}} 行之后的一行无法读取，其后的内容未检查。',
  'verify.headGone': '记录末尾的标记已丢失，无法判断末尾是否被截断。',
  'verify.more': '……另有 {{count}} 处问题。',
  'verify.usage': 'audit：应为 verify，后接存储文件或其副本：npm run audit -- verify FILE',
  'verify.noFile': '没有文件 {{place}}。请指定存储文件或其副本。',
};
