import { isRecord, textOf } from './raw-record.ts';
import { bybitRules } from './venue-codes.ts';
import type { WriteRules } from './write-call.ts';
import { codeTable, type ReasonTable } from './write-codes.ts';

/**
 * Bybit's error codes as far as margin, stops, market closes and transfers can meet them
 * (v5 docs, "Error Codes": common, UTA and asset tables, read 2026-11-26).
 */
const REASONS: ReasonTable = {
  'insufficient-balance': [
    ...['110004', '110006', '110007', '110012', '110014', '110044', '110045', '110051', '110052'],
    ...['110053', '131001', '131212', '131228'],
  ],
  // Transferable is less than there is: the rest holds up loans or positions.
  'insufficient-collateral': ['131213', '131217'],
  'would-liquidate': ['110011', '110039', '110040', '110046'],
  'wrong-side': ['110092', '110093', '110102'],
  'price-rule': ['110003', '110049', '110094', '34021', '34029'],
  'position-not-owned': ['110018', '131202', '131207', '131209'],
  'position-not-found': ['110001', '110008', '110010', '110019', '110033', '110034'],
  'amount-too-small': ['110058', '110090', '12137'],
  'amount-too-large': ['110013', '110016', '110021', '110022', '110047', '110048', '110095'],
  'not-isolated': ['110015', '110038'],
  'nothing-changes': ['34040', '34036', '110025', '110026', '110027', '110043'],
  'too-many-orders': ['110009', '110020', '110061'],
  'reduce-only-rejected': ['110005', '110017', '110023', '110035', '110042'],
  'not-permitted': [
    ...['10003', '10004', '10005', '10007', '10008', '10010', '10020', '10024', '10027', '10028'],
    ...['10029', '33004', '100028', '110065', '110067', '110068', '110069', '131004', '131208'],
  ],
  'market-closed': ['110063', '110066', '110070', '110074'],
  'rate-limited': ['10006', '10009', '10018'],
  clock: ['10002'],
  'not-offered': ['10017', '110054', '110055', '110056', '110060', '131231', '131232'],
  'not-sent': [],
  other: ['10001', '110032', '110037', '110050', '110057', '131002', '131203', '131210', '131211'],
  // A reference the venue already has proves that an earlier call with it arrived.
  unknown: [
    ...['10000', '10014', '10016', '10019', '110030', '110072', '12141', '131003', '131200'],
    ...['131201', '131206', '131214'],
  ],
};

export const bybitWriteRules: WriteRules = {
  codeOf: bybitRules.codeOf,
  codes: codeTable(REASONS),
  venueRefOf(body) {
    const result = (body as Readonly<Record<string, unknown>>)['result'];
    return isRecord(result) ? (textOf(result, 'orderId') ?? textOf(result, 'transferId')) : null;
  },
};
