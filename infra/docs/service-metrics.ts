import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { service as authService } from '@contact-sync/auth-service/service';
import { service as contactService } from '@contact-sync/contact-service/service';
import { service as eventWorker } from '@contact-sync/event-worker/service';
import { service as gatewayApi } from '@contact-sync/gateway-api/service';
import { createSecrets } from '@contact-sync/launcher/secrets.ts';
import { planServices, type ServiceName } from '@contact-sync/launcher/service-plan.ts';
import { type Booted, bootQuietly } from '@contact-sync/service-kit/testing';
import { service as webhookIngest } from '@contact-sync/webhook-ingest/service';
import { service as webhookSimulator } from '@contact-sync/webhook-simulator/service';

/** Nothing listens there: a process tells what it may tell before it knows anything. */
const NOWHERE = {
  KAFKA_BROKERS: '127.0.0.1:1',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
};

/** The metrics of a service by name, as they stand before anything has happened. */
export type ServiceMetrics = ReadonlyMap<string, MetricFacts>;

export type MetricFacts = {
  readonly type: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** The sets of labels for which something is told. */
  readonly series: readonly { readonly value: number; readonly labels: object }[];
};

const factsOf = async ({ metrics: { registry } }: Booted): Promise<ServiceMetrics> => {
  const told = await registry.getMetricsAsJSON();
  const labelsOf = new Map(
    registry
      .getMetricsAsArray()
      .map((metric) => [metric.name, 'labelNames' in metric ? (metric.labelNames as string[]) : []]),
  );
  return new Map(
    told.map(({ name, type, help, values }) => [
      name,
      {
        type: String(type),
        help,
        labels: labelsOf.get(name) ?? [],
        series: values,
      },
    ]),
  );
};

type Boot = (environment: NodeJS.ProcessEnv) => Promise<Booted>;

const boots: Readonly<Record<ServiceName, Boot>> = {
  'gateway-api': (environment) => bootQuietly(gatewayApi, environment),
  'auth-service': (environment) => bootQuietly(authService, environment),
  'contact-service': (environment) => bootQuietly(contactService, environment),
  'webhook-ingest': (environment) => bootQuietly(webhookIngest, environment),
  'event-worker': (environment) => bootQuietly(eventWorker, environment),
  'webhook-simulator': (environment) => bootQuietly(webhookSimulator, environment),
};

/** Boots each service, with nothing of what it needs, and asks what it tells. */
export const serviceMetrics = async (): Promise<ReadonlyMap<ServiceName, ServiceMetrics>> => {
  const folder = join(tmpdir(), `contact-sync-metrics-${process.pid}`);
  try {
    const plans = await planServices(NOWHERE, await createSecrets(folder));
    const told = Object.entries(boots).map(async ([name, boot]) => {
      const service = name as ServiceName;
      const booted = await boot(plans[service].settings);
      try {
        return [service, await factsOf(booted)] as const;
      } finally {
        await booted.close();
      }
    });
    return new Map(await Promise.all(told));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
