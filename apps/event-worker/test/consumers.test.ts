import { createTestIssuer } from '@contact-sync/access/testing';
import { consumerRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { createLogger, createMetrics, serveRoutes } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { describe, expect, it } from 'vitest';
import { createSecuredServer } from '../src/app.ts';
import type { BrakeOperator, ConsumerGroup } from '../src/ports.ts';
import { consumerHandlers } from '../src/routes/consumers.ts';

const brakeThat = (
  accept: BrakeOperator['accept'],
  paused?: Awaited<ReturnType<BrakeOperator['paused']>>,
) => ({
  accept,
  paused: async () => paused,
});

const setUp = async (accept: BrakeOperator['accept'], more: readonly ConsumerGroup[] = []) => {
  const issuer = createTestIssuer();
  const app = await createSecuredServer(
    issuer.access(),
    { TOKEN_ISSUER: 'contact-sync' },
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
    },
  );
  await serveRoutes(
    app,
    consumerRoutes,
    consumerHandlers([{ group: 'contact-sync', brakes: [brakeThat(accept)] }, ...more], {
      warn: () => undefined,
    }),
  );
  const list = () =>
    app.inject({
      url: '/api/v1/consumers',
      headers: { authorization: `Bearer ${issuer.userToken('admin')}` },
    });
  const resume = async (payload: object, group = 'contact-sync') =>
    app.inject({
      method: 'POST',
      url: `/api/v1/consumers/${group}/resume`,
      headers: { authorization: `Bearer ${issuer.userToken('admin')}` },
      payload,
    });
  return { list, resume };
};

const fingerprint = '6d0f2c7c9a4b1e35';

describe('POST /api/v1/consumers/{group}/resume', () => {
  it('accepts the fingerprint and says whether the group was paused for it', async () => {
    const accepted: string[] = [];
    const { resume } = await setUp(async (given) => {
      accepted.push(given);
      return accepted.length === 1;
    });
    const answers = [await resume({ accept: fingerprint }), await resume({ accept: fingerprint })];
    expect(answers.map((answer) => [answer.statusCode, answer.json()])).toEqual([
      [200, { accepted: fingerprint, resumed: true }],
      [200, { accepted: fingerprint, resumed: false }],
    ]);
    expect(accepted).toEqual([fingerprint, fingerprint]);
  });

  it('knows no other group, takes nothing but a fingerprint, and accepts neither', async () => {
    const { resume } = await setUp(async () => {
      throw new Error('must not be asked');
    });
    const statuses = [
      await resume({ accept: fingerprint }, 'somebody-else'),
      await resume({ accept: 'everything' }),
      await resume({}),
    ].map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([404, 400, 400]);
  });

  it('answers 503 while Redis is away, so that nobody takes it for accepted', async () => {
    const { resume } = await setUp(async () => {
      throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'Not now.', retryable: true });
    });
    const answer = await resume({ accept: fingerprint });
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
  });
});

describe('GET /api/v1/consumers', () => {
  const writes = '9e0f2c7c9a4b1e35';

  it('names each group with every reason for which it is paused, and one is accepted alone', async () => {
    const accepted: string[] = [];
    const group = (reason: 'failures' | 'mass-writes', of: string) =>
      brakeThat(
        async (given) => {
          if (given === of) accepted.push(reason);
          return given === of;
        },
        { fingerprint: of, why: reason, since: 0 },
      );
    const brakes = [group('failures', fingerprint), group('mass-writes', writes)];
    const { list, resume } = await setUp(async () => false, [{ group: 'writer', brakes }]);
    const since = '1970-01-01T00:00:00.000Z';
    expect((await list()).json()).toEqual({
      items: [
        { group: 'contact-sync', paused: [] },
        {
          group: 'writer',
          paused: [
            { fingerprint, why: 'failures', since },
            { fingerprint: writes, why: 'mass-writes', since },
          ],
        },
      ],
    });
    expect((await resume({ accept: writes }, 'writer')).json()).toEqual({ accepted: writes, resumed: true });
    expect(accepted).toEqual(['mass-writes']);
  });
});
