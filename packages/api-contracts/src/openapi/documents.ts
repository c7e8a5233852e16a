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
import { AcmeRecord } from '../routes/acme/v1/contacts/acme-record.ts';
import { ContactInput, ContactPatch } from '../routes/api/v1/contacts/contact-input.ts';
import { DeadLetter } from '../routes/api/v1/dead-letters/letter.ts';
import { Replay } from '../routes/api/v1/dead-letters/replays/replay.ts';
import { EventFate } from '../routes/api/v1/events/event-fate.ts';
import { Rewind } from '../routes/api/v1/rewinds/rewind.ts';
import { LoggedDelivery } from '../routes/api/v1/simulator/deliveries/logged-delivery.ts';
import { Run } from '../routes/api/v1/simulator/runs/run.ts';
import { Verdict } from '../routes/api/v1/simulator/runs/verdict.ts';
import {
  acmeRoutes,
  auditRoutes,
  clientRoutes,
  conflictRoutes,
  consumerRoutes,
  contactRoutes,
  eventRoutes,
  gatewayRoutes,
  letterRoutes,
  machineRoutes,
  mappingRoutes,
  pipelineRoutes,
  rewindRoutes,
  sessionRoutes,
  simulatorRoutes,
  sweepRoutes,
  userRoutes,
  webhookRoutes,
} from '../services.ts';
import { openApiDocument } from './document.ts';
import type { Json } from './references.ts';

const schemas = {
  AcmeContact,
  AcmeDeletion,
  AcmeRecord,
  Address,
  Contact,
  ContactInput,
  ContactPatch,
  CustomFields,
  EventFate,
  DeadLetter,
  HistoryEntry,
  LoggedDelivery,
  Problem,
  Replay,
  Rewind,
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
      events: { description: 'What became of the events of AcmeCRM', routes: eventRoutes },
      consumers: { description: 'Groups that carry events, and their brake', routes: consumerRoutes },
      'dead-letters': {
        description: 'What could not be applied, and its replay',
        routes: letterRoutes,
      },
      rewinds: { description: 'Reading events again after a loss of data', routes: rewindRoutes },
      sweeps: {
        description: "Comparing AcmeCRM's list with what is held of it, and taking what is newer there",
        routes: sweepRoutes,
      },
      pipeline: { description: 'How much is at which stage, of all copies together', routes: pipelineRoutes },
      mappings: { description: 'Which field stands for which', routes: mappingRoutes },
      conflicts: { description: 'Contacts of which both sides have a say', routes: conflictRoutes },
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

/** AcmeCRM's API as the simulator serves it; not ours to change where AcmeCRM has another. */
export const acmeDocument = (): Json =>
  openApiDocument({
    title: 'AcmeCRM',
    version: '1.0.0',
    description:
      'What we use of the API of AcmeCRM, as webhook-simulator serves it. Every route takes an API key as a bearer token. Each change sends its webhook.',
    serverUrl: '/',
    schemas,
    tags: { contacts: { description: 'Contacts of AcmeCRM', routes: acmeRoutes } },
  });
