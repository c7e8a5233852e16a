import { AppError, type ApplyResult, contactIdOfAcme, type SourceEvent } from '@contact-sync/domain';
import type { ConsumedRecord } from '@contact-sync/kafka';
import { describe, expect, it } from 'vitest';
import { contactSyncHandler } from './contact-sync.ts';

const context = { signal: new AbortController().signal, failures: 0 };

const event = (eventId: string, changes: Partial<SourceEvent> = {}): SourceEvent =>
  ({
    eventId,
    eventType: 'contact.deleted',
    occurredAt: '2026-01-01T00:00:00Z',
    receivedAt: '2026-01-01T00:00:01Z',
    source: 'acmecrm',
    contactId: contactIdOfAcme('7'),
    sourceVersion: 1,
    extra: {},
    data: { id: '7', acme_version: 1 },
    ...changes,
  }) as SourceEvent;

const recordsOf = (...events: SourceEvent[]) =>
  events.map((value) => ({ value }) as ConsumedRecord<SourceEvent>);

const handlerOf = (answer: (events: readonly SourceEvent[]) => readonly ApplyResult[]) => {
  const calls: string[][] = [];
  const handler = contactSyncHandler({
    apply: async (events) => {
      calls.push(events.map(({ eventId }) => eventId));
      return { results: answer(events) };
    },
  });
  return { handle: handler.handle, calls };
};

describe('the contact-sync handler', () => {
  it('carries a batch in one call and gives each record its own fate and version', async () => {
    const { handle, calls } = handlerOf((events) =>
      events.map(({ eventId }) =>
        eventId === 'b' ? { eventId, fate: 'superseded' } : { eventId, fate: 'applied', version: 7 },
      ),
    );
    expect(await handle(recordsOf(event('a'), event('b')), context)).toEqual([
      { kind: 'done', fate: 'applied', version: 7 },
      { kind: 'done', fate: 'superseded' },
    ]);
    expect(calls).toEqual([['a', 'b']]);
  });

  it('makes a dead letter of what can never be applied, with the stage it failed at', async () => {
    const { handle } = handlerOf(([first, second]) => [
      {
        eventId: first?.eventId ?? '',
        code: 'VERSION_CONFLICT',
        retryable: false,
        pointer: '/data/acme_version',
      },
      { eventId: second?.eventId ?? '', code: 'MAPPING_FAILED', retryable: false },
    ]);
    expect(await handle(recordsOf(event('a'), event('b')), context)).toEqual([
      { kind: 'deadLetter', stage: 'apply', code: 'VERSION_CONFLICT', pointer: '/data/acme_version' },
      { kind: 'deadLetter', stage: 'map', code: 'MAPPING_FAILED' },
    ]);
  });

  it('tries one record again whose fault may pass', async () => {
    const { handle } = handlerOf(() => [{ eventId: 'a', code: 'CONFLICT', retryable: true }]);
    expect(await handle(recordsOf(event('a')), context)).toEqual([
      { kind: 'retryLater', stage: 'apply', code: 'CONFLICT' },
    ]);
  });

  it('sets an event aside that would have the whole batch refused', async () => {
    const { handle, calls } = handlerOf((events) =>
      events.map(({ eventId }) => ({ eventId, fate: 'applied' })),
    );
    const outcomes = await handle(
      recordsOf(event('a'), event('b', { contactId: 'no-uuid' }), event('c')),
      context,
    );
    expect(outcomes).toEqual([
      { kind: 'done', fate: 'applied' },
      { kind: 'deadLetter', stage: 'validate', code: 'INVALID_EVENT', pointer: '/contactId' },
      { kind: 'done', fate: 'applied' },
    ]);
    expect(calls).toEqual([['a', 'c']]);
  });

  it('hands a batch back that contact-service refuses whole, with what was refused', async () => {
    const handler = contactSyncHandler({
      apply: async () => ({ refused: { code: 'INVALID_BODY', pointer: '/extra/acme_schema' } }),
    });
    expect(await handler.handle(recordsOf(event('a'), event('b')), context)).toEqual({
      refused: { stage: 'validate', code: 'INVALID_BODY', pointer: '/extra/acme_schema' },
    });
  });

  it('throws where contact-service is away, so that no record is at fault', async () => {
    const handler = contactSyncHandler({
      apply: async () => {
        throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'Not now.', retryable: true });
      },
    });
    await expect(handler.handle(recordsOf(event('a')), context)).rejects.toMatchObject({ retryable: true });
  });

  it('throws where the answer has fewer results than the batch has events', async () => {
    const { handle } = handlerOf(() => [{ eventId: 'a', fate: 'applied' }]);
    await expect(handle(recordsOf(event('a'), event('b')), context)).rejects.toThrow(/fewer results/);
  });
});
