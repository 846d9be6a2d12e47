import type { enWatch } from './en-watch.ts';

export const zhCnWatch: Record<keyof typeof enWatch, string> = {
  'status.streamTable': '实时连接',
  'status.noStreams': '没有实时连接。',
  'status.stream': '连接',
  'status.stream.connected': '正常',
  'status.stream.connecting': '连接中',
  'status.stream.unsupported': '无，改为轮询',
  'status.stream.closed': '已关闭',
  'status.placeTable': '告警发往',
  'status.noPlaces': '无。',
  'status.place': '目的地',
  'status.place.ok': '正常',
  'status.place.blocked': '暂停中',
  'status.place.broken': '故障',
  'status.place.unused': '尚未使用',
  'status.nobodyIsTold': '告警会被记录，但不会通知任何人：请在配置文件中指定目的地。',
};
