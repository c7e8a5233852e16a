import type { letterRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { LetterGroup, LetterIndex } from '../../letters/ports.ts';
import { timeText } from './letter-view.ts';

const groupView = ({ fingerprint, count, oldest, newest }: LetterGroup) => {
  const { stage, code, pointer } = newest.letter;
  return {
    fingerprint,
    count,
    stage,
    code,
    ...(pointer !== undefined && { pointer }),
    oldestAt: timeText(oldest.letter.at),
    newestAt: timeText(newest.letter.at),
    newestId: newest.id,
  };
};

export const listGroups =
  (
    index: Pick<LetterIndex, 'groups' | 'summary'>,
    behind: () => Promise<number>,
  ): RouteHandler<typeof letterRoutes.listDeadLetterGroups> =>
  async ({ query: { limit } }) => {
    const [groups, summary, left] = await Promise.all([index.groups(limit), index.summary(), behind()]);
    return { status: 200, body: { groups: groups.map(groupView), ...summary, behind: left } };
  };
