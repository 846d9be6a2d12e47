import { isRecord } from './raw-record.ts';
import { binanceRules } from './venue-codes.ts';
import type { WriteRules } from './write-call.ts';
import { codeTable, type ReasonTable } from './write-codes.ts';

/**
 * Binance's error codes as far as margin, stops, market closes and transfers can meet them
 * (developers.binance.com: "Error Codes" of USD-M and COIN-M futures, of portfolio margin and of wallet and
 * sub-accounts, read 2026-11-26). Where the products differ in a number, both meanings are refusals.
 */
const REASONS: ReasonTable = {
  'insufficient-balance': [
    ...['-2018', '-2019', '-2028', '-3041', '-4050', '-5002', '-5013', '-9000', '-11015'],
  ],
  'insufficient-collateral': ['-4051'],
  'would-liquidate': [],
  // "Order would immediately trigger", and the same of algo orders.
  'wrong-side': ['-2021', '-4142'],
  'price-rule': [
    ...['-4001', '-4002', '-4006', '-4007', '-4013', '-4014', '-4016', '-4024', '-4029'],
    ...['-4113', '-4131', '-4135', '-4151', '-4152', '-4154', '-4155', '-4183', '-4184', '-4210'],
    ...['-2007', '-4211'],
  ],
  'position-not-owned': ['-5021'],
  'position-not-found': ['-4054', '-4509'],
  'amount-too-small': ['-4003', '-4004', '-4023', '-4030', '-4055', '-4164', '-4178'],
  'amount-too-large': ['-2024', '-2027', '-4005'],
  'not-isolated': ['-4049', '-4053'],
  'nothing-changes': ['-4046', '-4052', '-4059', '-5027', '-4197'],
  // -4130: a stop with closePosition in this direction stands already.
  'too-many-orders': ['-2025', '-4045', '-4130'],
  'reduce-only-rejected': ['-2022', '-2026', '-4062', '-4112', '-4118', '-4138'],
  'not-permitted': [
    ...['-1002', '-1005', '-1011', '-1022', '-1099', '-1109', '-2008', '-2014', '-2015', '-2017'],
    // In liquidation, or allowed to do nothing but reduce.
    ...['-2023', '-4056', '-4057', '-4087', '-4088', '-4089', '-4090', '-4109', '-4192', '-4400'],
    ...['-4401', '-4402', '-4403', '-12022'],
  ],
  'market-closed': ['-1122', '-2016', '-4108', '-4140', '-4141'],
  // -1008: thrown back by the system's own protection before it was looked at.
  'rate-limited': ['-1003', '-1008', '-1015'],
  clock: ['-1021', '-4188', '-5028'],
  'not-offered': ['-1020', '-4084', '-4120'],
  'not-sent': [],
  other: [
    ...['-1013', '-1014', '-1016', '-1023', '-1100', '-1101', '-1102', '-1103', '-1104', '-1105'],
    ...['-1106', '-1108', '-1110', '-1111', '-1112', '-1114', '-1115', '-1116', '-1117', '-1118'],
    ...['-1119', '-1120', '-1121', '-1126', '-1128', '-1130', '-1136', '-2010', '-2011', '-2013'],
    ...['-2020', '-4000', '-4015', '-4028', '-4047', '-4048', '-4060', '-4061', '-4067', '-4068'],
    ...['-4104', '-4110', '-4114', '-4117', '-4136', '-4137', '-4139', '-4144', '-4161', '-4168'],
    // Our names for the two texts of a 503 that call it a failed operation.
    ...['service-unavailable', 'internal-error'],
  ],
  unknown: [
    ...['-1000', '-1001', '-1006', '-1007', '-1010'],
    // An id of ours that the venue has seen: then a call with it has arrived before.
    ...['-4111', '-4115', '-4116'],
  ],
};

/** What answers to these calls name, any of it; `code` 200 is how positionMargin says it is done. */
const SIGNS = ['orderId', 'algoId', 'strategyId', 'tranId', 'txnId', 'clientAlgoId'];
const UNREADABLE = 'none';

export const binanceWriteRules: WriteRules = {
  codes: codeTable(REASONS),
  codeOf(body) {
    const code = binanceRules.codeOf(body);
    if (code !== null) return code;
    const fields = isRecord(body) ? body : {};
    const isDone = String(fields['code']) === '200' || SIGNS.some((sign) => sign in fields);
    return isDone ? null : UNREADABLE;
  },
  venueRefOf(body) {
    const fields = isRecord(body) ? body : {};
    for (const sign of SIGNS) {
      const id = fields[sign];
      if (typeof id === 'string' && id !== '') return id;
      // Beyond this the digits are no longer those of the venue.
      if (Number.isSafeInteger(id)) return String(id);
    }
    return null;
  },
};
