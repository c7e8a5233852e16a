import type { ContactChange } from '@contact-sync/domain';
import { currentTraceparent, notedTrace } from '@contact-sync/service-kit';
import type { ContactWrite } from '../../ports.ts';

/** The trace that a change goes on: that of the event that it came by, or of the request that is under way. */
export const traceOfChange = (
  { history }: Pick<ContactWrite, 'history'>,
  { outgoing }: ContactChange,
): string | undefined => {
  const current = currentTraceparent();
  if (current === undefined) return undefined;
  const cause = history.find(({ outgoingEventId }) => outgoingEventId === outgoing.eventId)?.sourceEventId;
  return (cause && notedTrace(cause)) || current;
};
