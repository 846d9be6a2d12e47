import { startFakeDiscord } from '../../../fakes/fake-discord/start-fake-discord.ts';
import { startFakeTelegram } from '../../../fakes/fake-telegram/start-fake-telegram.ts';
import { type Cut, cuttingLine } from './cutting-line.ts';
import type { LifePlan } from './life-plan.ts';

/** A platform as a life sees it, and what people see there. */
export interface Platform
  extends Pick<LifePlan, 'network' | 'url' | 'token' | 'application' | 'chats'> {
  cutNext(cut: Cut, then: () => void): void;
  /** Texts of the new messages in the room (0) or where escalation goes (1), a recognised repeat once. */
  sent(chat: 0 | 1): readonly string[];
  /** Requests inside a pause that the platform had asked for. */
  early(): number;
  close(): Promise<void>;
}

export async function startPlatform(
  network: LifePlan['network'],
  now: () => number,
): Promise<Platform> {
  return network === 'discord' ? discord(now) : telegram(now);
}

async function discord(now: () => number): Promise<Platform> {
  const fake = await startFakeDiscord({ clock: { now, after: async () => {} } });
  const chats = [fake.channel(), fake.channel()] as const;
  const line = await cuttingLine(Number(new URL(fake.apiUrl).port));
  return {
    ...{
      network: 'discord',
      url: line.url,
      token: fake.token,
      application: fake.application,
      chats,
    },
    cutNext: line.cutNext,
    sent: (chat) => {
      const posts = fake.world.requests.filter(
        ({ method, path, status }) =>
          method === 'POST' && path === `/channels/${chats[chat]}/messages` && status === 200,
      );
      const byNonce = new Map(
        posts.map(({ body }) => [(body as { nonce: string }).nonce, JSON.stringify(body)]),
      );
      // The platform's own count says the same, or nonces do not do what they should.
      const shown = fake.shown(chats[chat]).length;
      if (shown !== byNonce.size) throw new Error(`${shown} messages of ${byNonce.size} nonces`);
      return [...byNonce.values()];
    },
    early: () => fake.world.requests.filter(({ isInsideBan }) => isInsideBan).length,
    close: async () => {
      line.close();
      await fake.close();
    },
  };
}

async function telegram(now: () => number): Promise<Platform> {
  const fake = await startFakeTelegram({ now, after: (_ms, signal) => aborted(signal) });
  const chats = ['-1001', '-1002'] as const;
  for (const id of chats) fake.chat({ id: Number(id), type: 'supergroup', title: 'risk' });
  const line = await cuttingLine(Number(new URL(fake.apiRoot).port));
  return {
    ...{ network: 'telegram', url: line.url, token: fake.token, application: '', chats },
    cutNext: line.cutNext,
    sent: (chat) =>
      fake
        .asked('sendMessage')
        .filter(({ fields }) => String(fields['chat_id']) === chats[chat])
        .map(({ fields }) => String(fields['text'])),
    early: () => fake.violations.filter((each) => each.includes('before the end')).length,
    close: async () => {
      line.close();
      await fake.close();
    },
  };
}

/** An empty poll is held until whoever asked hangs up. */
function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) =>
    signal?.addEventListener('abort', () => resolve(), { once: true }),
  );
}
