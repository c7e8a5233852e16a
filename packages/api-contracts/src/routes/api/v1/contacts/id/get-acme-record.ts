import { AcmeVersion } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleAcmeRecord } from '../../../../../examples.ts';
import { ContactParams } from '../contact-params.ts';

/** A contact as AcmeCRM last told us of it; `record` is null if only a delete ever came. */
const AcmeView = Type.Object({
  sourceId: Type.String(),
  sourceVersion: AcmeVersion,
  deleted: Type.Boolean(),
  takenAt: Type.String({ format: 'date-time' }),
  record: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
});

export const getAcmeRecord = defineRoute({
  name: 'getAcmeRecord',
  method: 'GET',
  path: '/api/v1/contacts/{id}/acme',
  service: 'contact-service',
  access: 'contacts:read',
  summary: 'A contact as AcmeCRM has it',
  description: "AcmeCRM's record as last received, members that we do not know included.",
  limit: 'read',
  params: ContactParams,
  answers: {
    200: {
      description: 'The record',
      body: AcmeView,
      example: {
        sourceId: exampleAcmeRecord.id,
        sourceVersion: exampleAcmeRecord.acme_version,
        deleted: false,
        takenAt: '2026-11-24T09:30:01.000Z',
        record: exampleAcmeRecord,
      },
    },
  },
  errors: ['CONTACT_NOT_FOUND'],
});
