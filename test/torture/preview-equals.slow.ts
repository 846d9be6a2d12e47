import { expect, test } from 'vitest';
import { actionRows } from '../../commands/layout/action-rows.ts';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { ActionCard } from '../../src/app/actions/action-desk.ts';
import type { CommandContext } from '../../src/app/command.ts';
import { handlesOf } from '../../src/domain/handle.ts';
import { positionsOf } from '../../src/portfolio/snapshot.ts';
import { voiceOf } from '../../src/wire/parts.ts';
import { randomAccounts, type TortureVenue } from './random-account.ts';
import { type Chances, seeded } from './seeded.ts';
import { ANN, simLadder } from './sim-ladder.ts';
import { SIM_KINDS, type SimKind, simRequest } from './sim-request.ts';

/** The whole comparison is 1,000 positions a venue. */
const POSITIONS = Number(process.env['PLIMSOLL_POSITIONS'] ?? 8);
const SEED = Number(process.env['PLIMSOLL_SEED'] ?? 7);
const AT_ONCE = 12;
/** A venue takes a time of ours that is late by so much: so long its clock, and its marks, may stand. */
const AHEAD_MS = 3_500;
const context = voiceOf('en', 'UTC') as unknown as CommandContext;
/** The venue's own price is the venue's to say: a preview shows a dash. */
const LEFT_TO_THE_VENUE = context.say('row.venues');

interface Compared {
  done: number;
  figures: number;
  dashes: number;
  readonly refused: Map<string, number>;
  readonly differences: string[];
}

test.each(['bybit', 'binance', 'okx', 'ztdx'] as const)(
  '%s: what the preview shows is what the venue then shows, to the display digit',
  async (venue) => {
    const seen: Compared = { done: 0, figures: 0, dashes: 0, refused: new Map(), differences: [] };
    for (let from = 0, round = 0; from < POSITIONS; from += AT_ONCE, round += 1) {
      const chances = seeded(SEED + round * 977);
      await compareDesk(venue, { count: Math.min(AT_ONCE, POSITIONS - from), chances, seen });
    }
    if (POSITIONS > 100)
      console.info(venue, { ...seen, refused: Object.fromEntries(seen.refused) });
    expect(seen.differences).toEqual([]);
    expect(seen.done).toBeGreaterThan(POSITIONS / 4);
  },
  3_600_000,
);

async function compareDesk(
  venue: TortureVenue,
  { count, chances, seen }: { count: number; chances: Chances; seen: Compared },
): Promise<void> {
  let frozen = Date.now();
  const accounts = Array.from({ length: Math.ceil(count / 2) }, (_, index) =>
    randomAccounts(venue, index, chances),
  ).flat();
  const world = await simLadder({ accounts, simNow: () => frozen, clock: systemClock });
  frozen = Date.now() + AHEAD_MS;
  const desk = world.start().of(ANN);
  const positions = [...handlesOf(positionsOf(await world.desk.snapshot()))].slice(0, count);
  for (const [index, [position, handle]] of positions.entries()) {
    const kind = SIM_KINDS[(index + Math.floor(chances.unit() * 5)) % 5] as SimKind;
    frozen = Date.now() + AHEAD_MS;
    const made = await desk.propose(simRequest(kind, { position, handle }, chances));
    if (!made.ok) {
      refuse(seen, `${kind} preview ${JSON.stringify(made.error).slice(0, 120)}`);
      continue;
    }
    const done = await desk.confirm({ token: made.value.token, typed: null });
    if (!done.ok || done.value.state !== 'done') {
      const why = done.ok ? [done.value.state, done.value.record.end] : done.error;
      refuse(seen, `${kind} ${JSON.stringify(why).slice(0, 120)}`);
      continue;
    }
    compare(made.value, done.value, {
      seen,
      what: `${kind} ${position.instrument.id} ${position.side} ${position.marginMode}`,
    });
  }
  await world.close();
}

function refuse({ refused }: Compared, why: string): void {
  refused.set(why, (refused.get(why) ?? 0) + 1);
}

function compare(
  preview: ActionCard,
  done: ActionCard,
  { seen, what }: { readonly seen: Compared; readonly what: string },
): void {
  seen.done += 1;
  const shown = new Map(actionRows(done, context).map(({ label, after }) => [label, after]));
  for (const { label, before, after } of actionRows(preview, context)) {
    if (label === LEFT_TO_THE_VENUE || !shown.has(label)) continue;
    if (after === '–') {
      seen.dashes += 1;
      continue;
    }
    seen.figures += 1;
    const now = shown.get(label);
    if (now !== after)
      seen.differences.push(`${what}: ${label} ${before} → ${after}, venue ${now}`);
  }
}
