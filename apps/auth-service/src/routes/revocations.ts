import type { revocationRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { toCursorText } from '../domain/revocation-cursor.ts';
import type { FollowRevocations } from '../use-cases/follow-revocations.ts';

/** `/internal/revocations` (design section 4): what other services refuse tokens by. */
export const revocationHandlers = (
  followRevocations: FollowRevocations,
): RouteHandlers<typeof revocationRoutes> => ({
  followRevocations: async ({ query }) => {
    const { cursor, isSnapshot, revocations, at } = await followRevocations(query.after);
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        cursor: toCursorText(cursor),
        snapshot: isSnapshot,
        revocations: [...revocations],
        at: new Date(at * 1_000).toISOString(),
      },
    };
  },
});
