/**
 * Switches off each rule of the plan check, each truth and each step of a proof, one at a time, in a copy of
 * the program, and looks whether the tests notice. `node bench/commentary-mutants.ts`: some minutes.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
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
  '!facts.every((fact) => isBreach(fact) && isOnBlindSheet(fact))',
  'new Set(facts.map(({ id }) => id)).size < facts.length',
  'new Set(acts).size < acts.length',
  'first === undefined || worseExists(first, sheet)',
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
  ['check-plan.ts', 'isBreach(fact) && isOnBlindSheet(fact)', 'isBreach(fact)'],
  ['check-plan.ts', 'isBreach(fact) && isOnBlindSheet(fact)', 'isOnBlindSheet(fact)'],
  ['check-plan.ts', 'compareBands(fact.band, first.band) > 0', 'false'],
  ['check-plan.ts', '(fact) => isOnBlindSheet(fact) && compareBands', '(fact) => compareBands'],
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

/** The test of the same name first: it is quick, and mostly enough. */
function isNoticed(folder: string, file: string): boolean {
  const named = join('test/commentary', file.replace('.ts', '.test.ts'));
  const own = existsSync(named) ? named : 'test/commentary/commentary.test.ts';
  return !passes(folder, own) || !passes(folder, 'test/commentary');
}

function passes(folder: string, tests: string): boolean {
  const flags = ['run', tests, '--bail', '1', '--silent'];
  const vitest = join(folder, 'node_modules/.bin/vitest');
  return spawnSync(vitest, flags, { cwd: folder, stdio: 'ignore' }).status === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
for (const path of ['src', 'commands', 'test', 'package.json']) {
  cpSync(path, join(folder, path), { recursive: true });
}
const config = "export default { test: { include: ['test/**/*.test.ts'], testTimeout: 20000 } };";
writeFileSync(join(folder, 'vitest.config.mjs'), config);
symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
try {
  if (!passes(folder, 'test/commentary')) throw new Error('the tests fail on the program as it is');
  const mutants = [...CHECK, ...READ, ...MORE, ...truths()];
  const survivors: string[] = [];
  let done = 0;
  for (const [file, from, to] of mutants) {
    const path = join(folder, CORE, file);
    const text = readFileSync(path, 'utf8');
    const mutant = text.replace(from, to);
    const title = `${file}: ${from} -> ${to.split('\n')[0]}`;
    if (mutant === text) throw new Error(`nothing to change: ${title}`);
    writeFileSync(path, mutant);
    if (!isNoticed(folder, file)) {
      survivors.push(title);
      console.log('survived', title);
    }
    writeFileSync(path, text);
    done += 1;
    if (done % 10 === 0) console.log(`${done} of ${mutants.length}`);
  }
  const killed = mutants.length - survivors.length;
  console.log(
    `${killed} of ${mutants.length} killed (${((100 * killed) / mutants.length).toFixed(1)} %)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
