import { EventId } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { ContactParams } from '../../api/v1/contacts/contact-params.ts';

/** What a contact has kept of the events that made it. */
export const SourceEvents = Type.Object({
  /** The highest version of AcmeCRM that was taken; absent where none ever came. */
  sourceVersion: Type.Optional(Type.Integer()),
  /** Whether the events are all that were ever applied. */
  isComplete: Type.Boolean(),
  /** Those that were applied, newest first. */
  events: Type.Array(
    Type.Object({
      sequence: Type.Integer({ minimum: 1 }),
      eventId: EventId,
      at: Type.String({ format: 'date-time' }),
      sourceVersion: Type.Integer(),
      /** The version of the contact that it made. */
      version: Type.Optional(Type.Integer()),
    }),
  ),
});
export type SourceEvents = Static<typeof SourceEvents>;

export const getSourceEvents = defineRoute({
  name: 'getSourceEvents',
  method: 'GET',
  path: '/internal/contacts/{id}/source-events',
  service: 'contact-service',
  access: 'contacts:apply',
  summary: 'Which events of AcmeCRM have made a contact',
  description:
    'As far as history and mirror are kept; from these follows the fate of an event whose record has aged out.',
  limit: 'read',
  params: ContactParams,
  answers: {
    200: {
      description: 'The events and the version taken last',
      body: SourceEvents,
      example: {
        sourceVersion: 7,
        isComplete: true,
        events: [
          {
            sequence: 1,
            eventId: 'evt_0001',
            at: '2026-11-24T09:30:02.120Z',
            sourceVersion: 7,
            version: 1,
          },
        ],
      },
    },
  },
  errors: ['CONTACT_NOT_FOUND'],
});
