import {
  AcmeContact,
  AcmeDeletion,
  Address,
  Contact,
  CustomFields,
  HistoryEntry,
  WebhookEvent,
} from '@contact-sync/domain';
import { Problem } from '../problem.ts';
import { ContactInput, ContactPatch } from '../routes/api/v1/contacts/contact-input.ts';
import { Run } from '../routes/api/v1/simulator/runs/run.ts';
import { Verdict } from '../routes/api/v1/simulator/runs/verdict.ts';
import {
  auditRoutes,
  clientRoutes,
  contactRoutes,
  gatewayRoutes,
  machineRoutes,
  mappingRoutes,
  sessionRoutes,
  simulatorRoutes,
  userRoutes,
  webhookRoutes,
} from '../services.ts';
import { openApiDocument } from './document.ts';
import type { Json } from './references.ts';

const schemas = {
  AcmeContact,
  AcmeDeletion,
  Address,
  Contact,
  ContactInput,
  ContactPatch,
  CustomFields,
  HistoryEntry,
  Problem,
  Run,
  Verdict,
  WebhookEvent,
};

/** What the gateway serves: every route for people and programs. */
export const gatewayDocument = (): Json =>
  openApiDocument({
    title: 'contact-sync',
    version: '1.0.0',
    description:
      'Contacts that are kept in step with AcmeCRM. Errors are `application/problem+json` with a stable `code`; 401, 403, 429 and 503 say what to do next. Changes take an `Idempotency-Key` and repeat safely.',
    serverUrl: '/',
    schemas,
    tags: {
      contacts: {
        description: 'Contacts, their history, and what AcmeCRM has of them',
        routes: contactRoutes,
      },
      mappings: { description: 'Which field stands for which', routes: mappingRoutes },
      sessions: { description: 'People log in here', routes: sessionRoutes },
      users: { description: 'Accounts of people, for admins', routes: userRoutes },
      clients: { description: 'Accounts of programs, for admins', routes: clientRoutes },
      audit: { description: 'Who did what to them', routes: auditRoutes },
      machines: { description: 'Tokens for programs, and the keys that verify them', routes: machineRoutes },
      simulator: { description: 'AcmeCRM in a box, for tests', routes: simulatorRoutes },
      gateway: { description: 'The gateway itself', routes: gatewayRoutes },
    },
  });

/** What AcmeCRM is told of ingest: where and how to send its webhooks. */
export const webhookDocument = (): Json =>
  openApiDocument({
    title: 'contact-sync webhooks',
    version: '1.0.0',
    description:
      'Where AcmeCRM sends its signed webhooks. What is answered 2xx is durable; 408, 425, 429 and 5xx ask for the same event again, signed afresh.',
    serverUrl: '/',
    schemas,
    tags: { webhooks: { description: 'Deliveries of AcmeCRM', routes: webhookRoutes } },
  });
