import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { commentarySettings } from '../../src/config/model-settings.ts';
import { formatProblem } from '../../src/config/problem.ts';
import { dec } from '../../src/domain/decimal.ts';

const venues = { has: () => true, suggest: () => null };

function load(section: string, env: Readonly<Record<string, string>> = {}) {
  const text = `accounts:\n  - { id: a, venue: bybit, apiKey: "\${K}", secret: "\${K}" }\ncommentary: { ${section} }\n`;
  return loadConfig({ text, env: { K: 'k-e-y', ...env }, ownerOnly: false }, venues);
}

function problemsOf(section: string, env?: Readonly<Record<string, string>>): string[] {
  const result = load(section, env);
  return result.ok ? [] : result.error.map((problem) => formatProblem(problem, 'desk.yaml'));
}

test.each([
  { why: 'nothing: no model', env: {}, model: null },
  { why: 'an address alone is no key', env: { LLM_BASE_URL: 'https://m.example/v1' }, model: null },
  {
    why: 'a key alone: the usual place and model',
    env: { LLM_KEY: 'x' },
    model: { baseUrl: 'https://api.openai.com/v1', model: 'gpt-4.1', perMinute: 6 },
  },
  {
    why: 'all from the environment, the slash at the end is not doubled',
    env: { LLM_KEY: 'x', LLM_BASE_URL: 'http://127.0.0.1:11434/v1/', LLM_MODEL: 'qwen3' },
    model: { baseUrl: 'http://127.0.0.1:11434/v1', model: 'qwen3', price: null },
  },
])('from the environment: $why', ({ env, model }) => {
  const { settings, faults } = commentarySettings(env, null);
  expect(faults).toEqual([]);
  if (model === null) expect(settings.model).toBeNull();
  else expect(settings.model).toMatchObject(model);
});

test('the desk file first; prices are of the model that is asked', () => {
  const result = load(
    'apiKey: "${K}", model: m, perMinute: 3, perDay: "0.50", prices: { m: { input: 1, output: "2.5" }, gpt-4.1: { input: 9, output: 9 } }',
    { LLM_KEY: 'other', LLM_MODEL: 'other' },
  );
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.commentary.model).toMatchObject({
    ...{ apiKey: 'k-e-y', model: 'm', perMinute: 3 },
    ...{ perDayUsd: dec('0.5'), price: { input: dec('1'), output: dec('2.5') } },
  });
});

test('style: rule asks nobody, key or not', () => {
  const result = load('style: rule, apiKey: "${K}"');
  expect(result.ok && result.value.commentary.model).toBeNull();
});

test.each([
  {
    why: 'a key would travel in the clear',
    section: 'apiKey: "${K}", baseUrl: "http://models.example/v1"',
    says: /^desk\.yaml:3 commentary\.baseUrl: expected an address such as https/,
  },
  {
    why: 'an address that only looks like this machine',
    section: 'apiKey: "${K}", baseUrl: "http://127.0.0.1.example/v1"',
    says: /commentary\.baseUrl: expected an address/,
  },
  {
    why: 'a password in the address',
    section: 'apiKey: "${K}", baseUrl: "https://me:pw@models.example/v1"',
    says: /commentary\.baseUrl|baseUrl: is a secret/,
  },
  {
    why: 'the environment is named where the fault is',
    section: 'apiKey: "${K}"',
    env: { LLM_BASE_URL: 'http://models.example/v1' },
    says: /LLM_BASE_URL: expected an address/,
  },
  {
    why: 'a price without its second half',
    section: 'prices: { m: { input: 1 } }',
    says: /commentary\.prices\.m\.output: expected/,
  },
])('$why', ({ section, env, says }) => {
  expect(problemsOf(section, env)).toContainEqual(expect.stringMatching(says));
});

test.each([
  { why: 'a time in quotes and a destination', report: '{ at: "08:30", to: [room] }', says: null },
  { why: 'no such destination', report: '{ at: "08:30", to: [nowhere] }', says: 'names "nowhere"' },
  { why: 'no such time', report: '{ at: "24:00", to: [room] }', says: 'expected a time such as' },
])('daily report: $why', ({ report, says }) => {
  const text = [
    'accounts: [{ id: a, venue: bybit, apiKey: "${K}", secret: "${K}" }]',
    'discord: { token: "${K}", application: "1" }',
    'destinations: [{ id: room, discord: { channel: "5" } }]',
    `report: ${report}`,
  ].join('\n');
  const result = loadConfig({ text, env: { K: 'k-e-y' }, ownerOnly: false }, venues);
  if (says === null) {
    expect(result.ok && result.value.dailyReport).toEqual({ minute: 510, to: ['room'] });
  } else {
    const problems = result.ok ? [] : result.error.map((each) => formatProblem(each, 'desk.yaml'));
    expect(problems).toContainEqual(expect.stringContaining(says));
  }
});
