import { Type } from 'typebox';
import { defineRoute } from '../define-route.ts';

export const getOpenApi = defineRoute({
  name: 'getOpenApi',
  method: 'GET',
  path: '/openapi.json',
  service: 'gateway-api',
  access: 'public',
  summary: 'This document',
  description: 'Every route of the gateway as OpenAPI 3.1. People read it at `/docs`.',
  limit: 'read',
  condition: 'if-none-match',
  answers: {
    200: {
      description: 'The document',
      headers: {
        etag: { description: 'Of this state of the document' },
        'cache-control': { description: 'How long it may be kept' },
      },
      body: Type.Object(
        { openapi: Type.String(), info: Type.Object({ title: Type.String(), version: Type.String() }) },
        { description: 'An OpenAPI document' },
      ),
      example: { openapi: '3.1.1', info: { title: 'contact-sync', version: '1.0.0' } },
    },
    304: {
      description: 'It is as the caller has it',
      headers: {
        etag: { description: 'Of this state of the document' },
        'cache-control': { description: 'How long it may be kept' },
      },
    },
  },
  errors: [],
});
