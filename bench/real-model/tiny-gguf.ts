/** A llama with a few thousand random weights and a vocabulary of bytes and letters, as a GGUF file. */
export function tinyGguf(unit: () => number): Buffer {
  const tensors = tensorsOf(unit);
  const head = [
    Buffer.from('GGUF'),
    u32(3),
    u64(tensors.length),
    u64(Object.keys(METADATA).length),
    ...Object.entries(METADATA).flatMap(([key, value]) => [text(key), ...value]),
  ];
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    head.push(text(name), u32(shape.length), ...shape.map(u64), u32(FLOAT_32), u64(offset));
    offset += padded(data.length);
  }
  const header = Buffer.concat(head);
  const body = tensors.map(({ data }) =>
    Buffer.concat([data, zeros(padded(data.length) - data.length)]),
  );
  return Buffer.concat([header, zeros(padded(header.length) - header.length), ...body]);
}

const ALIGNMENT = 32;
const FLOAT_32 = 0;
const [WIDTH, INNER, LAYERS, HEADS] = [64, 128, 2, 4];

const padded = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;
const zeros = (size: number) => Buffer.alloc(size);

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

const floats = (values: readonly number[]) => Buffer.from(Float32Array.from(values).buffer);

/** Types of the format: 4 a count, 5 a signed one, 6 a float, 8 a text, 9 a list. */
const count = (value: number) => [u32(4), u32(value)];
const float = (value: number) => [u32(6), floats([value])];
const word = (value: string) => [u32(8), text(value)];
const list = (type: number, items: readonly Buffer[]) => [
  u32(9),
  u32(type),
  u64(items.length),
  ...items,
];

interface Token {
  readonly text: string;
  /** 1 usual, 2 unknown, 3 control, 6 a byte. */
  readonly type: number;
}

const TOKENS: readonly Token[] = [
  { text: '<unk>', type: 2 },
  { text: '<s>', type: 3 },
  { text: '</s>', type: 3 },
  ...Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    type: 6,
  })),
  { text: '▁', type: 1 },
  ...Array.from({ length: 94 }, (_, at) => ({ text: String.fromCharCode(33 + at), type: 1 })),
];

const METADATA: Readonly<Record<string, readonly Buffer[]>> = {
  'general.architecture': word('llama'),
  'general.name': word('tiny random'),
  'llama.context_length': count(8192),
  'llama.embedding_length': count(WIDTH),
  'llama.block_count': count(LAYERS),
  'llama.feed_forward_length': count(INNER),
  'llama.attention.head_count': count(HEADS),
  'llama.attention.head_count_kv': count(HEADS),
  'llama.attention.layer_norm_rms_epsilon': float(1e-5),
  'llama.rope.dimension_count': count(WIDTH / HEADS),
  'llama.vocab_size': count(TOKENS.length),
  'tokenizer.ggml.model': word('llama'),
  'tokenizer.ggml.tokens': list(
    8,
    TOKENS.map((token) => text(token.text)),
  ),
  'tokenizer.ggml.scores': list(
    6,
    TOKENS.map((_, at) => floats([-at])),
  ),
  'tokenizer.ggml.token_type': list(
    5,
    TOKENS.map(({ type }) => u32(type)),
  ),
  'tokenizer.ggml.unknown_token_id': count(0),
  'tokenizer.ggml.bos_token_id': count(1),
  'tokenizer.ggml.eos_token_id': count(2),
};

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Buffer;
}

function tensorsOf(unit: () => number): Tensor[] {
  const random = (name: string, ...shape: number[]): Tensor => {
    const size = shape.reduce((product, side) => product * side, 1);
    const weights = Array.from({ length: size }, () => (unit() - 0.5) * 0.6);
    return { name, shape, data: floats(weights) };
  };
  const ones = (name: string): Tensor => ({
    ...{ name, shape: [WIDTH] },
    data: floats(new Array<number>(WIDTH).fill(1)),
  });
  const layers = Array.from({ length: LAYERS }, (_, at) => `blk.${at}`).flatMap((layer) => [
    ones(`${layer}.attn_norm.weight`),
    ...['q', 'k', 'v', 'output'].map((part) =>
      random(`${layer}.attn_${part}.weight`, WIDTH, WIDTH),
    ),
    ones(`${layer}.ffn_norm.weight`),
    random(`${layer}.ffn_gate.weight`, WIDTH, INNER),
    random(`${layer}.ffn_up.weight`, WIDTH, INNER),
    random(`${layer}.ffn_down.weight`, INNER, WIDTH),
  ]);
  return [
    random('token_embd.weight', WIDTH, TOKENS.length),
    ...layers,
    ones('output_norm.weight'),
    random('output.weight', WIDTH, TOKENS.length),
  ];
}
