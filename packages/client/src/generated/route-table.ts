// Made from the contracts by `npm run generate -w packages/client`.
import type { RouteRow } from '../route-row.ts';

export const routeTable = {
  health: { method: 'GET', path: '/health', public: true },
  getOpenApi: { method: 'GET', path: '/openapi.json', public: true },
  logIn: { method: 'POST', path: '/api/v1/auth/login', public: true },
  getMe: { method: 'GET', path: '/api/v1/auth/me' },
  requestToken: { method: 'POST', path: '/oauth2/token', public: true, form: true },
  getJwks: { method: 'GET', path: '/.well-known/jwks.json', public: true },
  listContacts: { method: 'GET', path: '/api/v1/contacts' },
  listChanges: { method: 'GET', path: '/api/v1/contacts/changes' },
  listGaps: { method: 'GET', path: '/api/v1/contacts/gaps' },
  createContact: { method: 'POST', path: '/api/v1/contacts', idempotencyKey: true },
  getContact: { method: 'GET', path: '/api/v1/contacts/{id}' },
  replaceContact: { method: 'PUT', path: '/api/v1/contacts/{id}', idempotencyKey: true },
  patchContact: { method: 'PATCH', path: '/api/v1/contacts/{id}', idempotencyKey: true },
  deleteContact: { method: 'DELETE', path: '/api/v1/contacts/{id}', idempotencyKey: true },
  restoreContact: { method: 'POST', path: '/api/v1/contacts/{id}/restore', idempotencyKey: true },
  eraseContact: { method: 'POST', path: '/api/v1/contacts/{id}/erase' },
  liftErasure: { method: 'POST', path: '/api/v1/contacts/{id}/erase/lift' },
  getHistory: { method: 'GET', path: '/api/v1/contacts/{id}/history' },
  getAcmeRecord: { method: 'GET', path: '/api/v1/contacts/{id}/acme' },
  getMapping: { method: 'GET', path: '/api/v1/mappings' },
  previewMapping: { method: 'POST', path: '/api/v1/mappings/preview' },
  startRun: { method: 'POST', path: '/api/v1/simulator/runs' },
  getRun: { method: 'GET', path: '/api/v1/simulator/runs/{id}' },
} as const satisfies Readonly<Record<string, RouteRow>>;
