/**
 * Switches off each rule of the plan check, each truth and each step of a proof, one at a time, in a copy of
 * the program, and looks whether the tests notice. `node bench/commentary-mutants.ts`: some minutes.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CORE = 'src/commentary';
type Mutant = readonly [file: string, from: string | RegExp, to: string];

const off = (file: string, ...conditions: string[]): Mutant[] =>
  conditions.map((condition) => [file, `if (${condition})`, 'if (false)']);

const CHECK = off(
  'check-plan.ts',
  'facts.length < found.length',
  '!facts.every((fact) => told.includes(fact))',
  'new Set(facts.map(({ id }) => id)).size < facts.length',
  'new Set(acts).size < acts.length',
  '!first || !worst || compareBands(worst.band, first.band) > 0',
  '!isFalling',
  'head === undefined || !isHead(head) || extras.some(isHead)',
  '!claims.every((claim) => isTrue(claim, fact, sheet))',
  "fact.quality !== 'fresh' && !claims.includes(fact.quality)",
  "claims.includes('no_action') && item.act !== null",
  "aclaims[0] !== 'effect'",
  'remedy === undefined',
  'remedy.fact !== fact.id',
);

const READ = off(
  'read-plan.ts',
  'text.length > MOST_CHARACTERS',
  'items.length === 0 || items.length > MOST_ITEMS',
  "!hasOnly(item, ['fact', 'claims', 'act', 'aclaims'])",
  '!isOneOf(fact, FACT_IDS)',
  'act !== null && !isOneOf(act, ACT_IDS)',
  '!isListOf(claims, isClaim, MOST_CLAIMS) || claims.length === 0',
  '!isListOf(aclaims, isActClaim, MOST_ACT_CLAIMS)',
);

const MORE: Mutant[] = [
  ['told-facts.ts', '.filter(hasAlias)', ''],
  ['told-facts.ts', 'isBreach(fact) && isAsked(fact)', 'isAsked(fact)'],
  ['told-facts.ts', 'isBreach(fact) && isAsked(fact)', 'isBreach(fact)'],
  ['told-facts.ts', '.slice(0, MOST_FACTS)', ''],
  ['told-facts.ts', 'compareBands(b.band, a.band)', 'compareBands(a.band, b.band)'],
  ['check-plan.ts', '|| extras.some(isHead)', ''],
  ['check-plan.ts', "aclaims.length > 0 ? 'effect-without-act' : null", 'null'],
  [
    'check-plan.ts',
    "aclaims.every((claim) => isActTrue(claim, remedy)) ? null : 'false-effect'",
    'null',
  ],
  ['read-plan.ts', 'own.length === keys.length && ', ''],
  ['read-plan.ts', ' && new Set(value).size === value.length', ''],
  ['claims.ts', 'isBreach(fact) && TRUTHS', 'TRUTHS'],
  ['claims.ts', 'past(fact).gte(FAR)', 'past(fact).gt(FAR)'],
  ['claims.ts', 'past(fact).lte(JUST)', 'past(fact).lt(JUST)'],
  ['claims.ts', 'total > 1 && breaching === 1', 'breaching === 1'],
  ['claims.ts', 'breaching > 1 && breaching < total', 'breaching < total'],
  ['claims.ts', 'breaching > 1 && breaching < total', 'breaching > 1'],
  ['claims.ts', 'total > 1 && breaching === total', 'breaching === total'],
  ['claims.ts', 'isKnown && others.every', 'others.every'],
  ['claims.ts', 'one.gt(other) : one.lt(other)', 'one.gte(other) : one.lte(other)'],
  ['claims.ts', 'one.gt(other) : one.lt(other)', 'one.lt(other) : one.gt(other)'],
  ['claims.ts', 'other.entity.alias !== entity.alias &&', ''],
  ['claims.ts', 'other.entity.account === entity.account &&', ''],
  ['claims.ts', "entity.kind !== 'desk' || metric !== 'mu' || quality !== 'fresh'", 'false'],
  ['claims.ts', "|| metric !== 'mu' ", ''],
  ['claims.ts', " || quality !== 'fresh'", ''],
  ['claims.ts', 'alone.total > 1 && ', ''],
  ['claims.ts', ' && alone.breaching === 0', ''],
  ['claims.ts', "claim === 'effect' || claim === result", 'true'],
  [
    'counts.ts',
    "if (report.snapshot.accounts.some(({ status }) => status !== 'ok'))",
    'if (false)',
  ],
  ['counts.ts', 'rest.length + 1 === wantedOf(report, first.entity, first.metric)', 'true'],
  ['lines.ts', "if (metric === 'conc') return value.gt(line);", ''],
  ['lines.ts', 'value.gte(line) : value.lt(line)', 'value.gt(line) : value.lt(line)'],
  ['lines.ts', 'value.gte(line) : value.lt(line)', 'value.gte(line) : value.lte(line)'],
  ['prove.ts', 'numeral.unit !== expected.unit', 'false'],
  ['prove.ts', 'if (expected.rounded === null) return off.isZero();', ''],
  ['prove.ts', 'toThatSide.gte(NOISE) && ', ''],
  ['prove.ts', ' && toThatSide.lt(new Decimal(10).pow(-numeral.places))', ''],
  ['prove.ts', 'Math.max(found.length, expected.length)', 'found.length'],
  ['prove.ts', 'Math.max(found.length, expected.length)', 'expected.length'],
  ['prove.ts', 'expected === undefined || expected.value === null ||', 'expected === undefined ||'],
  ['prove.ts', "value.lt(0) ? value.neg() : null, rounded: 'up'", "value.abs(), rounded: 'up'"],
  ['prove.ts', '!fact.value.lt(0)) return usual', 'true) return usual'],
  [
    'prove.ts',
    "'figure' in piece ? piece.figure : BLANK",
    "'figure' in piece ? piece.figure : piece.name",
  ],
  ['prove.ts', 'isBeyondAgain(metric, after, first) ? Number.NaN : first', 'first'],
  ['numerals.ts', '!PLAIN.test(digits) || MAGNITUDE.test(next)', '!PLAIN.test(digits)'],
  ['numerals.ts', "sign === '' ? value : value.neg()", 'value'],
  ['recount.ts', 'nets.every((net) => net.lte(own)) ? ', 'true ? '],
  ['shown-value.ts', '!isDangerUp(metric) || value.gte(line) || ', 'true || '],
  ['acts-apart.ts', 'return isTaken ?', 'return false ?'],
  ['remedies.ts', ' && isConfirmed(ground.report, fact, tried)', ''],
  ['remedies.ts', '|| harms(before, after, target)', ''],
  ['remedies.ts', "quality === 'fresh' && ", ''],
  ['rule-plan.ts', 'const byBand = compareBands(b.band, a.band);', 'const byBand = 0;'],
  ['make-sheet.ts', "|| fact.quality !== 'fresh'", ''],
  ['desk-facts.ts', '.toSorted((a, b) => compareBands(worst(b), worst(a)))', ''],
  ['commentary.ts', 'isCalm && sheet.unsaid.length === 0', 'isCalm'],
  ['commentary.ts', "replace(/\\p{C}/gu, '')", "replace('', '')"],
];

/** Each truth turned to yes, and to no. */
function truths(): Mutant[] {
  const text = readFileSync(join(CORE, 'claims.ts'), 'utf8');
  const table = text.slice(text.indexOf('const TRUTHS'), text.indexOf('/** Strictly'));
  const names = [...table.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name as string);
  return names.flatMap((name): Mutant[] =>
    [true, false]
      .filter((is) => name !== 'beyond' || !is)
      .map((is) => [
        'claims.ts',
        new RegExp(`^ {2}${name}: `, 'm'),
        `  ${name}: () => ${is},\n  // @ts-ignore\n  _${name}: `,
      ]),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
const here = process.cwd();

/** The program with one change, in a folder of its own; everything but the commentary is shared. */
function plant([file, from, to]: Mutant, at: number): void {
  const home = join(folder, `m${at}`);
  for (const [place, own] of [
    ['src', 'commentary'],
    ['test', 'commentary'],
  ] as const) {
    mkdirSync(join(home, place), { recursive: true });
    for (const name of readdirSync(join(here, place))) {
      const [source, target] = [join(here, place, name), join(home, place, name)];
      if (name === own) cpSync(source, target, { recursive: true });
      else symlinkSync(source, target);
    }
  }
  const path = join(home, CORE, file);
  const text = readFileSync(path, 'utf8');
  const mutant = text.replace(from, to);
  if (mutant === text && at > 0) console.log(`nothing to change: ${file}: ${from}`);
  writeFileSync(path, mutant);
}

/** The mutants that no test of these noticed. */
function survivorsOf(
  planted: readonly number[],
  testsOf: (at: number) => readonly string[],
): number[] {
  const files = planted.flatMap((at) => testsOf(at).map((test) => `m${at}/${test}`));
  const report = join(folder, 'report.json');
  const flags = ['--reporter=json', `--outputFile=${report}`, '--silent=true'];
  const vitest = join(folder, 'node_modules/.bin/vitest');
  spawnSync(vitest, ['run', ...flags, ...files], { cwd: folder, stdio: 'ignore' });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const passed = new Map<string, boolean>();
  for (const { name, status } of testResults) {
    const at = /\/(m\d+)\//.exec(name)?.[1] ?? '';
    passed.set(at, (passed.get(at) ?? true) && status === 'passed');
  }
  return planted.filter((at) => passed.get(`m${at}`) === true);
}

const TESTS = 'test/commentary';
const all = readdirSync(TESTS).filter((name) => name.endsWith('.test.ts'));
/** The test of the same name is quick, and mostly enough. */
function ownTests([file]: Mutant): readonly string[] {
  const own = file.replace('.ts', '.test.ts');
  return [join(TESTS, all.includes(own) ? own : 'commentary.test.ts')];
}

symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
const config = {
  test: { include: ['m*/test/commentary/*.test.ts'], testTimeout: 60_000, maxWorkers: 2 },
};
writeFileSync(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`);
try {
  const nothing: Mutant = ['lines.ts', '', ''];
  const mutants = [nothing, ...CHECK, ...READ, ...MORE, ...truths()];
  for (const [at, mutant] of mutants.entries()) plant(mutant, at);
  const everyTest = () => all.map((name) => join(TESTS, name));
  if (survivorsOf([0], everyTest).length === 0) throw new Error('the tests fail as it is');
  const rest = mutants.map((_, at) => at).slice(1);
  const quick = survivorsOf(rest, (at) => ownTests(mutants[at] as Mutant));
  console.log(
    `${rest.length - quick.length} of ${rest.length} noticed by the test of the same name`,
  );
  const survivors = quick.length === 0 ? [] : survivorsOf(quick, everyTest);
  for (const at of survivors) console.log('survived', ...(mutants[at] ?? []).map(String));
  const killed = rest.length - survivors.length;
  console.log(
    `${killed} of ${rest.length} killed (${((100 * killed) / rest.length).toFixed(1)} %)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
