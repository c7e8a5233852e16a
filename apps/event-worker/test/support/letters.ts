import type { RawHeaders, RawRecord } from '@contact-sync/kafka';

export type LetterChanges = {
  readonly offset: number;
  readonly key?: string | null;
  readonly value?: Buffer | null;
  readonly code?: string;
  readonly fingerprint?: string;
  readonly eventId?: string;
  readonly headers?: RawHeaders;
  readonly topic?: string;
};

/** A dead letter as the consumer writes it, of a record that stood first in partition 3 of a topic of AcmeCRM's events. */
export const letterRecord = (on: string, changes: LetterChanges): RawRecord => ({
  topic: on,
  key: changes.key === undefined ? '0b2f6b6e-3f0a-5c57-9d0e-2a4c7c1b9e01' : changes.key,
  value: changes.value === undefined ? Buffer.from('no avro') : changes.value,
  headers: {
    'event-id': changes.eventId ?? `evt_${changes.offset}`,
    'event-type': 'contact.updated',
    'x-original-topic': changes.topic ?? 'acme.contact.updated.v1',
    'x-original-partition': '3',
    'x-original-offset': String(changes.offset),
    'x-original-timestamp': '1764300000000',
    'x-attempts': '1',
    'x-first-failure-at': '2026-11-28T09:00:00.000Z',
    'x-last-failure-at': '2026-11-28T09:00:00.000Z',
    'x-stage': 'decode',
    'x-code': changes.code ?? 'UNDECODABLE',
    'x-fingerprint': changes.fingerprint ?? 'f00d',
    ...changes.headers,
  },
});

/** The id of such a letter. */
export const letterId = (offset: number): string => `acme.contact.updated.v1-3-${offset}`;
