const LAYERS = 128;
/** Where the tail begins, and the area of each layer (Doornik, "An improved ziggurat method", 2005). */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;

const { edges, cores } = layers();

/** Fills the array with independent standard normals: Marsaglia and Tsang's ziggurat, 2000. */
export function fillStandardNormals(into: Float64Array, unit: () => number): void {
  for (let at = 0; at < into.length; ) {
    const word = unit() * 0x100000000;
    const layer = word & (LAYERS - 1);
    const u = word * 2 ** -31 - 1;
    const x = u * (edges[layer] ?? Number.NaN);
    if (Math.abs(u) < (cores[layer] ?? Number.NaN)) into[at++] = x;
    else if (layer === 0) into[at++] = tail(u < 0, unit);
    else if (isUnderCurve(x, layer, unit)) into[at++] = x;
  }
}

function isUnderCurve(x: number, layer: number, unit: () => number): boolean {
  const outer = Math.exp(-0.5 * ((edges[layer] ?? Number.NaN) ** 2 - x * x));
  const inner = Math.exp(-0.5 * ((edges[layer + 1] ?? Number.NaN) ** 2 - x * x));
  return inner + unit() * (outer - inner) < 1;
}

function tail(isNegative: boolean, unit: () => number): number {
  let x: number;
  let y: number;
  do {
    x = Math.log(1 - unit()) / TAIL;
    y = Math.log(1 - unit());
  } while (-2 * y < x * x);
  return isNegative ? x - TAIL : TAIL - x;
}

/** Right edge of every layer, and the share of it that is wholly under the curve. */
function layers(): { readonly edges: Float64Array; readonly cores: Float64Array } {
  const edges = new Float64Array(LAYERS + 1);
  let height = Math.exp(-0.5 * TAIL * TAIL);
  edges[0] = AREA / height;
  edges[1] = TAIL;
  for (let i = 2; i < LAYERS; i += 1) {
    const before = edges[i - 1] ?? Number.NaN;
    edges[i] = Math.sqrt(-2 * Math.log(AREA / before + height));
    height = Math.exp(-0.5 * (edges[i] ?? Number.NaN) ** 2);
  }
  const cores = edges.map((edge, i) => (edges[i + 1] ?? 0) / edge).subarray(0, LAYERS);
  return { edges, cores };
}
