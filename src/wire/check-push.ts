import type { PushCheck } from '../ports/push-check.ts';
import type { Setup } from './setup.ts';

/** Asks every destination that only receives whether it could be told. Pages nobody. */
export async function checkPush({
  destinations,
  smtp,
}: Pick<Setup, 'destinations' | 'smtp'>): Promise<PushCheck[]> {
  const { checkSmtp, checkWebhook, checkWecom } = await import('../adapters/push/check-push.ts');
  return Promise.all(
    destinations.flatMap(({ id, webhook, email, wecom }) => {
      const state = webhook
        ? checkWebhook(webhook.url)
        : wecom
          ? checkWecom(wecom.url)
          : email && smtp
            ? checkSmtp(smtp.url)
            : null;
      return state === null ? [] : [state.then((found) => ({ id, state: found }))];
    }),
  );
}
