import { createPlanCache } from '../src/adapters/cache/node-cache/plan-cache.ts';
import { systemClock } from '../src/adapters/clock/system-clock.ts';
import { createLanguageModel } from '../src/adapters/llm/openai/create-language-model.ts';
import { createCommentator, type Reader } from '../src/app/commentary/commentator.ts';
import { sheetInSteps } from '../src/commentary/make-sheet.ts';
import type { Report } from '../src/commentary/sheet.ts';
import { dec } from '../src/domain/decimal.ts';
import { err } from '../src/domain/result.ts';
import { asUsd } from '../src/domain/units.ts';
import type { LanguageModel, ModelRequest } from '../src/ports/language-model.ts';
import { createFormatter } from '../src/replies/format.ts';
import { createTranslate } from '../src/replies/translate.ts';
import { assessDesk } from '../src/risk/assess-desk.ts';
import { judgeDesk } from '../src/risk/probability/judge-desk.ts';
import { completion } from '../test/fakes/model-server.ts';
import { type StubHandler, startStubHttp } from '../test/fakes/stub-http.ts';
import { type BigDeskShape, bigDesk } from './big-desk.ts';
import type { Row } from './row.ts';
import { quantile, timed } from './timing.ts';

const ROUNDS = 60;
/** A plan of three items, two with an act. */
const PLAN =
  '{"items":[{"fact":"S1.dist","claims":["far_beyond","several"],"act":"X1","aclaims":["effect","clears"]},{"fact":"S2.dist","claims":["beyond"],"act":"X2","aclaims":["effect","not_enough"]},{"fact":"A1.mu","claims":["beyond"],"act":null,"aclaims":[]}]}';
const PRICE = { input: asUsd(dec('2')), output: asUsd(dec('8')) };

/** What a reading costs: time, the main loop, tokens; and what a model in any state costs an answer. */
export async function benchCommentary(): Promise<Row[]> {
  const small = reportOf({ accounts: 6, positions: 3, marginMode: 'both' });
  const large = reportOf({ accounts: 24, positions: 10, marginMode: 'both' });
  return [
    sheetRow('reading of 6 accounts, 18 positions', small),
    sheetRow('reading of 24 accounts, 240 positions', large),
    await tokenRow(large),
    ...(await latencyRows(small)),
  ];
}

function reportOf(shape: BigDeskShape): Report {
  const snapshot = bigDesk(shape);
  const evidence = {
    ...{ outlooks: new Map(), fundingAnnual: new Map(), depth: new Map() },
    simulation: null,
  };
  return { snapshot, desk: judgeDesk(assessDesk(snapshot), evidence) };
}

function sheetRow(name: string, report: Report): Row {
  const whole: number[] = [];
  const longest: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const making = sheetInSteps(report, new Map());
    const steps: number[] = [];
    for (let isDone: boolean | undefined; !isDone; ) {
      steps.push(
        timed(() => {
          isDone = making.next().done;
        }),
      );
    }
    whole.push(steps.reduce((sum, step) => sum + step, 0));
    longest.push(Math.max(...steps));
  }
  const judging = timed(() => assessDesk(report.snapshot));
  return {
    name,
    figure: `p50 ${ms(quantile(whole, 0.5))}, longest step p99 ${ms(quantile(longest, 0.99))}`,
    baseline: `assessing the desk ${ms(judging)}`,
    ratio: '',
  };
}

async function tokenRow(report: Report): Promise<Row> {
  const request = await commentatorWith(NO_MODEL, report).requestFor(report);
  if (request === null) throw new Error('the desk of the bench is calm');
  const [input, output] = [tokensOf(`${request.system}\n${request.user}`), tokensOf(PLAN)];
  const usd = PRICE.input.times(input).plus(PRICE.output.times(output)).div(1_000_000);
  return {
    name: 'a request to rank the 24 accounts',
    figure: `about ${input} tokens in, ${output} out, $${usd.toFixed(4)} at gpt-4.1's list price`,
    baseline: 'tokens approximated: a word of at most six letters, a digit or a sign is one',
    ratio: '',
  };
}

/** No tokenizer is at hand. This one counts more than byte-pair ones do on English, and like them on ids. */
function tokensOf(text: string): number {
  return text.match(/[A-Za-z]{1,6}|\d|[^\sA-Za-z\d]/g)?.length ?? 0;
}

const NO_MODEL: LanguageModel = {
  ...{ name: null, host: null, bodyOf: () => null },
  ask: async () => err('off'),
};

function commentatorWith(model: LanguageModel, { snapshot }: Report) {
  return createCommentator({
    ...{ model, clock: systemClock, cache: createPlanCache() },
    record: { attempted: () => {} },
    hash: (text) => text,
    lastKnown: () => snapshot,
    signal: new AbortController().signal,
  });
}

const STATES: readonly (readonly [string, StubHandler])[] = [
  ['fine', () => completion(PLAN)],
  ['stalled', () => () => {}],
  ['failing', () => ({ status: 500, body: 'x' })],
  ['resetting', () => (response) => response.socket?.destroy()],
];

async function latencyRows(report: Report): Promise<Row[]> {
  const without = await answerTimes(report, NO_MODEL);
  const rows: Row[] = [];
  for (const [state, handler] of STATES) {
    const server = await startStubHttp(handler);
    const model = createLanguageModel({
      settings: {
        ...{ baseUrl: `${server.origin}/v1`, apiKey: 'k', model: 'm', price: null },
        ...{ perMinute: 1e6, perDayUsd: asUsd(dec('1')) },
      },
      ...{ clock: systemClock, log: { error: () => {}, warn: () => {} }, secrets: [] },
      ...{ timeoutMs: 300, deadlineMs: 400 },
    });
    await model.ask(WARM, new AbortController().signal);
    const times = await answerTimes(report, model);
    rows.push({
      name: `an answer's reading, model ${state}`,
      figure: `p50 ${ms(quantile(times, 0.5))}, p99 ${ms(quantile(times, 0.99))}`,
      baseline: `no model: ${ms(quantile(without, 0.5))}, ${ms(quantile(without, 0.99))}`,
      ratio: '',
    });
    await server.close();
  }
  return rows;
}

const WARM: ModelRequest = {
  ...{ system: '', user: '', example: '', maxTokens: 1, priority: 'reply' },
  schema: { name: 'plan', schema: {} },
};

/** Every answer has a memory of its own, so that each is one request: the worst case. */
async function answerTimes(report: Report, model: LanguageModel): Promise<number[]> {
  const reader: Reader = {
    ...{ locale: 'en', say: createTranslate('en'), format: createFormatter('en', 'UTC') },
    ...{ trigger: 'bench', priority: 'reply' },
  };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS * 2; round += 1) {
    const startedAt = performance.now();
    const read = await commentatorWith(model, report).read(report, reader);
    times.push(performance.now() - startedAt);
    void read.later();
  }
  return times.slice(ROUNDS / 2);
}

const ms = (value: number) => `${value.toFixed(1)} ms`;
