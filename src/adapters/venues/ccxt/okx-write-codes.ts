import { isRecord, type RawRecord, textOf } from './raw-record.ts';
import { okxRules } from './venue-codes.ts';
import type { WriteRules } from './write-call.ts';
import { codeTable, type ReasonTable } from './write-codes.ts';

/**
 * OKX's error codes as far as margin, stops, market closes and transfers can meet them
 * (v5 docs, "Error Code": public, trade, funding and account tables, read 2026-11-26).
 */
const REASONS: ReasonTable = {
  'insufficient-balance': [
    ...['51008', '51119', '51127', '51131', '51502', '51736', '51764', '58350', '59200', '59201'],
  ],
  'insufficient-collateral': ['58100', '58117', '59103', '59106', '59108', '59109'],
  'would-liquidate': ['59301'],
  'wrong-side': ['51258', '51259', '51277', '51278', '51279', '51280'],
  'price-rule': [
    ...['51006', '51031', '51046', '51047', '51051', '51116', '51122', '51135', '51136', '51137'],
    ...['51138', '51250', '51252', '51257'],
  ],
  'position-not-owned': ['58103', '58115', '59507'],
  'position-not-found': [
    ...['51023', '51400', '51401', '51402', '51405', '51503', '51509', '51510', '51603', '59216'],
    '59300',
  ],
  'amount-too-small': ['51007', '51020', '51100', '51118', '51120', '51121', '51132', '58114'],
  'amount-too-large': [
    ...['51004', '51005', '51101', '51105', '51106', '51107', '51108', '51185', '51201', '51202'],
    ...['51203', '51275', '58116'],
  ],
  'not-isolated': ['51130'],
  'nothing-changes': [],
  'too-many-orders': [
    '51025',
    '51088',
    '51102',
    '51103',
    '51104',
    '51117',
    '51174',
    '51260',
    '51261',
  ],
  'reduce-only-rejected': ['51112', '51115', '51134', '51162', '51169', '51170', '51205', '51324'],
  'not-permitted': [
    ...['50007', '50008', '50012', '50027', '50028', '50030', '50100', '50101', '50103', '50104'],
    ...['50105', '50106', '50107', '50110', '50111', '50113', '50114', '50119', '50120', '51009'],
    ...['51024', '51155', '51156', '51732', '51733', '51734', '58001', '58004', '58101', '58104'],
    ...['58105', '58127', '58128', '59113', '59500', '59508', '59519'],
  ],
  'market-closed': [
    ...['50009', '50017', '50018', '50019', '50020', '50021', '50022', '50023', '51021', '51022'],
    ...['51027', '51028', '51029', '51030', '51124', '58110', '58111'],
  ],
  'rate-limited': ['50011', '50040', '50061', '51113', '58102'],
  clock: ['50102', '50112'],
  'not-offered': ['50062', '51010', '51327', '51328', '51329', '51330', '51403', '51506', '51735'],
  'not-sent': [],
  other: [
    ...['50000', '50002', '50006', '50010', '50014', '50015', '50016', '50024', '50025', '50115'],
    ...['51000', '51001', '51002', '51003', '51012', '51014', '51015', '51026', '51407', '51408'],
    ...['51409', '51500', '51501', '58000', '58106', '58107', '58109'],
  ],
  // 51011, 51016 and 51065: a reference the venue already has proves that an earlier call with it arrived.
  unknown: [
    ...[
      '50001',
      '50004',
      '50005',
      '50013',
      '50026',
      '51011',
      '51016',
      '51065',
      '51149',
      '51410',
      '51767',
    ],
    ...['58007', '58112'],
  ],
};

export const okxWriteRules: WriteRules = {
  codeOf(body) {
    const outer = okxRules.codeOf(body);
    const rows = rowsOf(body);
    // 1 and 2 only say that rows failed: which way is in the row.
    const inner = rows
      .map((row) => textOf(row, 'sCode'))
      .find((code) => code !== null && code !== '0');
    return inner ?? outer;
  },
  codes: codeTable(REASONS),
  venueRefOf(body) {
    const [row = {}] = rowsOf(body);
    return textOf(row, 'ordId') ?? textOf(row, 'algoId') ?? textOf(row, 'transId');
  },
};

function rowsOf(body: object): RawRecord[] {
  const data = (body as RawRecord)['data'];
  return Array.isArray(data) ? data.filter(isRecord) : [];
}
