/**
 * A real model, offline: a llama with random weights behind an OpenAI-compatible endpoint on loopback, asked
 * through the console's own client. It ranks nonsense in the right form, so it shows what a wrong model can
 * make us say. `node bench/real-model.ts [inferences]`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../src/adapters/clock/system-clock.ts';
import { createLanguageModel } from '../src/adapters/llm/openai/create-language-model.ts';
import { blindSheet, PLAN_EXAMPLE, SYSTEM_PROMPT } from '../src/commentary/blind-sheet.ts';
import { checkPlan } from '../src/commentary/check-plan.ts';
import { EXTRAS, HEADS } from '../src/commentary/claims.ts';
import { commentaryOf } from '../src/commentary/commentary.ts';
import { isBreach } from '../src/commentary/fact.ts';
import { makeSheet } from '../src/commentary/make-sheet.ts';
import { PLAN_SCHEMA } from '../src/commentary/plan.ts';
import { readPlan } from '../src/commentary/read-plan.ts';
import { dec } from '../src/domain/decimal.ts';
import { asUsd } from '../src/domain/units.ts';
import { createFormatter } from '../src/replies/format.ts';
import { oracleOf } from '../test/commentary/plan-oracle.ts';
import { randomDesk, reportOf, seeded } from '../test/commentary/random-desk.ts';
import type { Complete } from './real-model/engine.ts';
import { FOLDER, openEngine } from './real-model/engine.ts';
import { tinyGguf } from './real-model/tiny-gguf.ts';

const INFERENCES = Number(process.argv[2] ?? 200);

const literals = (words: readonly string[]) => words.map((each) => `"\\"${each}\\""`).join(' | ');

/** A plan over the ids that the sheet has: wrong in every way that has the right form. */
function grammarFor(sheet: string): string {
  const facts = [...sheet.matchAll(/^([PAS]\d*\.\w+) /gm)].map(([, id]) => id as string);
  const acts = [...sheet.matchAll(/^(X\d+) /gm)].map(([, id]) => id as string);
  return [
    'root ::= "{\\"items\\":[" item ("," item)? ("," item)? "]}"',
    'item ::= "{\\"fact\\":" fact ",\\"claims\\":[" head ("," extra)? ("," extra)? "],\\"act\\":" end "}"',
    `fact ::= ${literals(facts)}`,
    `head ::= ${literals(HEADS)}`,
    `extra ::= ${literals(EXTRAS)}`,
    `act ::= ${literals(acts.length > 0 ? acts : ['X1'])}`,
    'end ::= "null,\\"aclaims\\":[]" | act ",\\"aclaims\\":[\\"effect\\"" ("," result)? "]"',
    'result ::= "\\"clears\\"" | "\\"not_enough\\""',
  ].join('\n');
}

async function serve(complete: Complete) {
  let asked = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { messages } = JSON.parse(Buffer.concat(chunks).toString());
    const prompt = messages.map(({ content }: { content: string }) => content).join('\n');
    asked += 1;
    const content = await complete(prompt, grammarFor(messages.at(-1).content), asked);
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        ...{ id: 'c', object: 'chat.completion', created: 1, model: 'tiny-random' },
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        usage: { prompt_tokens: prompt.length, completion_tokens: content.length },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const complete = await openEngine(tinyGguf(seeded(1)));
if (complete === null) {
  console.log(`skipped: the engine is not in ${FOLDER} and could not be installed`);
  process.exit(0);
}
const server = await serve(complete);
const model = createLanguageModel({
  settings: {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    ...{
      apiKey: 'none',
      model: 'tiny-random',
      perMinute: 1e6,
      perDayUsd: asUsd(dec(1)),
      price: null,
    },
  },
  clock: systemClock,
  log: { error: console.error, warn: console.warn },
  secrets: [],
  ...{ timeoutMs: 60_000, deadlineMs: 60_000 },
});
const tally = {
  asked: 0,
  answered: 0,
  plans: 0,
  items: 0,
  accepted: 0,
  falseAccepts: 0,
  said: 0,
  figures: 0,
  wrong: 0,
};
const faults: Record<string, number> = {};
const times: number[] = [];
for (let seed = 1; tally.asked < INFERENCES; seed += 1) {
  const report = reportOf(randomDesk(seed));
  const sheet = makeSheet(report, new Map());
  if (!sheet.facts.some(isBreach)) continue;
  const startedAt = performance.now();
  const answered = await model.ask(
    {
      ...{ system: SYSTEM_PROMPT, user: blindSheet(sheet), example: PLAN_EXAMPLE },
      schema: { name: 'plan', schema: PLAN_SCHEMA },
      ...{ maxTokens: 200, priority: 'reply' },
    },
    new AbortController().signal,
  );
  times.push(performance.now() - startedAt);
  tally.asked += 1;
  if (!answered.ok) {
    faults[answered.error] = (faults[answered.error] ?? 0) + 1;
    continue;
  }
  tally.answered += 1;
  const plan = readPlan(answered.value.text);
  if (!plan.ok) {
    faults[plan.error] = (faults[plan.error] ?? 0) + 1;
    continue;
  }
  tally.plans += 1;
  const checked = checkPlan(plan.value, sheet);
  const truth = oracleOf(report, null, sheet.remedies).judge(plan.value);
  const sound = checked.ok ? checked.value.map(({ fault }) => fault === null) : [];
  tally.items += plan.value.items.length;
  tally.accepted += sound.filter(Boolean).length;
  tally.falseAccepts += sound.filter((is, at) => is && !truth?.[at]).length;
  for (const locale of ['en', 'zh-CN'] as const) {
    const voice = { locale, format: createFormatter(locale, 'UTC') };
    const { verified, mode } = commentaryOf(
      { report, sheet },
      checked.ok ? checked.value : null,
      voice,
    );
    if (mode === 'plan') tally.said += 1;
    tally.figures += verified.shown;
    tally.wrong += verified.shown - verified.proven;
  }
}
server.close();
const sorted = times.toSorted((a, b) => a - b);
const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
console.log({ ...tally, faults, p50Ms: at(0.5), p95Ms: at(0.95) });
process.exit(tally.wrong + tally.falseAccepts === 0 ? 0 : 1);
