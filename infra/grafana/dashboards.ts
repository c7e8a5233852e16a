import type { Dashboard, Panel } from './panels.ts';

const rate = (metric: string, by: string, where = ''): string =>
  `sum by (${by}) (rate(${metric}${where && `{${where}}`}[$__rate_interval]))`;

const quantile = (part: number, metric: string, by: string, where = ''): string =>
  `histogram_quantile(${part}, ${rate(`${metric}_bucket`, by ? `le, ${by}` : 'le', where)})`;

const requests = (service: string): Panel[] => {
  const where = `service="${service}"`;
  const metric = 'http_request_duration_seconds';
  return [
    {
      title: 'Requests by route',
      unit: 'reqps',
      queries: [[rate(`${metric}_count`, 'method, route', where), '{{method}} {{route}}']],
    },
    {
      title: 'Answers by status',
      unit: 'reqps',
      queries: [[rate(`${metric}_count`, 'status', where), '{{status}}']],
    },
    {
      title: 'Time of an answer, p99 by route',
      unit: 's',
      queries: [[quantile(0.99, metric, 'route', where), '{{route}}']],
    },
    {
      title: 'Problems by code',
      unit: 'reqps',
      queries: [[`${rate('http_problems_total', 'code', where)} > 0`, '{{code}}']],
    },
  ];
};

const processOf = (service: string): Panel[] => {
  const where = `{service="${service}"}`;
  return [
    {
      title: 'CPU, in processors',
      unit: 'short',
      queries: [[`rate(process_cpu_seconds_total${where}[$__rate_interval])`, '{{instance}}']],
    },
    {
      title: 'Memory',
      unit: 'bytes',
      queries: [
        [`process_resident_memory_bytes${where}`, 'resident {{instance}}'],
        [`nodejs_heap_size_used_bytes${where}`, 'heap {{instance}}'],
      ],
    },
    {
      title: 'Event loop delay, p99',
      unit: 's',
      queries: [[`nodejs_eventloop_lag_p99_seconds${where}`, '{{instance}}']],
    },
    {
      title: 'Dependencies',
      unit: 'short',
      queries: [[`min by (dependency) (dependency_up${where})`, '{{dependency}}']],
    },
  ];
};

const peersOf = (service: string): Panel => ({
  title: 'Calls to peers by outcome',
  unit: 'reqps',
  queries: [
    [
      rate('http_client_request_duration_seconds_count', 'peer, outcome', `service="${service}"`),
      '{{peer}} {{outcome}}',
    ],
  ],
});

const ofService = (service: string, own: readonly Panel[]): Dashboard => ({
  slug: service,
  title: service,
  panels: [...requests(service), ...own, ...processOf(service)],
});

const overview: Dashboard = {
  slug: 'overview',
  title: 'overview, from accepted to visible',
  panels: [
    {
      title: 'Deliveries by status',
      unit: 'reqps',
      queries: [
        [
          rate(
            'http_request_duration_seconds_count',
            'status',
            'service="webhook-ingest",route="/webhooks/acmecrm"',
          ),
          '{{status}}',
        ],
      ],
    },
    {
      title: 'Time to accept',
      unit: 's',
      queries: [
        [quantile(0.5, 'http_request_duration_seconds', '', 'service="webhook-ingest",status="202"'), 'p50'],
        [quantile(0.99, 'http_request_duration_seconds', '', 'service="webhook-ingest",status="202"'), 'p99'],
      ],
    },
    {
      title: 'Items by outcome',
      unit: 'reqps',
      queries: [[rate('webhook_items_total', 'outcome'), '{{outcome}}']],
    },
    {
      title: 'Events by fate',
      unit: 'reqps',
      queries: [[rate('contact_sync_events_total', 'fate'), '{{fate}}']],
    },
    {
      title: 'Time to visible',
      unit: 's',
      queries: [
        [quantile(0.5, 'contact_sync_time_to_visible_seconds', ''), 'p50'],
        [quantile(0.99, 'contact_sync_time_to_visible_seconds', ''), 'p99'],
      ],
    },
    {
      title: 'Oldest event that is not applied',
      unit: 's',
      queries: [
        ['max by (topic) (kafka_consumer_group_oldest_age_seconds{group="contact-sync"})', '{{topic}}'],
      ],
    },
    {
      title: 'Outbox',
      unit: 'short',
      queries: [
        ['max(outbox_entries)', 'entries'],
        ['max(outbox_oldest_age_seconds)', 'oldest, in seconds'],
      ],
    },
    {
      title: 'Outgoing events',
      unit: 'reqps',
      queries: [['sum(rate(outbox_relayed_total[$__rate_interval]))', 'sent']],
    },
    {
      title: 'Retries and dead letters',
      unit: 'reqps',
      queries: [
        [rate('contact_sync_retries_total', 'tier'), 'retry {{tier}}'],
        [rate('contact_sync_dead_letters_total', 'stage'), 'letter {{stage}}'],
      ],
    },
    {
      title: 'Error budgets: how fast they burn (1 = in 30 days)',
      unit: 'short',
      queries: [
        ['accept:errors:ratio_rate1h / 0.001', 'accept availability'],
        ['accept:slow:ratio_rate1h / 0.01', 'accept latency'],
        ['visible:late:ratio_rate1h / 0.01', 'time to visible'],
        ['letters:ratio_rate1h / 0.001', 'dead letters'],
      ],
    },
  ],
};

const kafka: Dashboard = {
  slug: 'kafka',
  title: 'Kafka',
  panels: [
    {
      title: 'Producers connected',
      unit: 'short',
      queries: [['min by (service, producer) (kafka_producer_connected)', '{{service}} {{producer}}']],
    },
    {
      title: 'Records by outcome',
      unit: 'reqps',
      queries: [[rate('kafka_producer_records_total', 'producer, outcome'), '{{producer}} {{outcome}}']],
    },
    {
      title: 'Time of a request, p99',
      unit: 's',
      queries: [
        [
          quantile(0.99, 'kafka_producer_request_duration_seconds', 'producer', 'outcome="acked"'),
          '{{producer}}',
        ],
      ],
    },
    {
      title: 'What waits in producers',
      unit: 'short',
      queries: [['sum by (service, producer) (kafka_producer_queue_records)', '{{service}} {{producer}}']],
    },
    {
      title: 'Lag by partition',
      unit: 'short',
      queries: [
        ['max by (group, topic, partition) (kafka_consumer_group_lag_records)', '{{topic}}/{{partition}}'],
      ],
    },
    {
      title: 'Age of the oldest record by partition',
      unit: 's',
      queries: [
        [
          'max by (group, topic, partition) (kafka_consumer_group_oldest_age_seconds)',
          '{{topic}}/{{partition}}',
        ],
      ],
    },
    {
      title: 'Time of a batch, p99',
      unit: 's',
      queries: [[quantile(0.99, 'contact_sync_batch_seconds', 'topic'), '{{topic}}']],
    },
    {
      title: 'Pauses, rebalances, brake',
      unit: 'short',
      queries: [
        [rate('contact_sync_pauses_total', 'cause'), 'pause: {{cause}}'],
        ['sum(rate(contact_sync_rebalances_total[$__rate_interval]))', 'rebalances'],
        ['max(contact_sync_brake)', 'brake'],
      ],
    },
  ],
};

const redis: Dashboard = {
  slug: 'redis',
  title: 'Redis',
  panels: [
    { title: 'Ready', unit: 'short', queries: [['min by (service) (redis_ready)', '{{service}}']] },
    {
      title: 'Calls',
      unit: 'reqps',
      queries: [[rate('redis_call_duration_seconds_count', 'service'), '{{service}}']],
    },
    {
      title: 'Time of a call, p99',
      unit: 's',
      queries: [[quantile(0.99, 'redis_call_duration_seconds', 'service'), '{{service}}']],
    },
    {
      title: 'Failures by code',
      unit: 'reqps',
      queries: [[rate('redis_call_failures_total', 'service, code'), '{{service}} {{code}}']],
    },
  ],
};

const services: readonly Dashboard[] = [
  ofService('gateway-api', [
    peersOf('gateway-api'),
    {
      title: 'Services left alone',
      unit: 'short',
      queries: [['max by (upstream) (upstream_left_alone)', '{{upstream}}']],
    },
    {
      title: 'Refused by limits',
      unit: 'reqps',
      queries: [[rate('rate_limit_refusals_total', 'bucket'), '{{bucket}}']],
    },
  ]),
  ofService('auth-service', []),
  ofService('contact-service', [
    {
      title: 'Near cache',
      unit: 'reqps',
      queries: [[rate('near_cache_reads_total', 'result'), '{{result}}']],
    },
    {
      title: 'Age of what the near cache serves, p99',
      unit: 's',
      queries: [[quantile(0.99, 'near_cache_age_seconds', ''), 'p99']],
    },
    { title: 'Gaps of versions', unit: 'short', queries: [['max by (state) (version_gaps)', '{{state}}']] },
    { title: 'Contacts held back', unit: 'short', queries: [['max(outbox_refused_contacts)', 'contacts']] },
  ]),
  ofService('webhook-ingest', [
    {
      title: 'Unsigned deliveries',
      unit: 'reqps',
      queries: [[rate('webhook_unsigned_total', 'code'), '{{code}}']],
    },
    {
      title: 'Secrets in use',
      unit: 'reqps',
      queries: [[rate('webhook_secret_verified_total', 'secret_id'), '{{secret_id}}']],
    },
    {
      title: 'Dedupe not known',
      unit: 'reqps',
      queries: [['sum(rate(webhook_dedupe_unknown_total[$__rate_interval]))', 'not known']],
    },
  ]),
  ofService('event-worker', [
    peersOf('event-worker'),
    { title: 'Letters', unit: 'short', queries: [['max by (state) (contact_sync_letters)', '{{state}}']] },
    {
      title: 'Changes on their way to AcmeCRM',
      unit: 'reqps',
      queries: [[rate('contact_sync_write_back_changes_total', 'end'), '{{end}}']],
    },
    {
      title: 'Writing to AcmeCRM: pauses and brake',
      unit: 'short',
      queries: [
        [rate('contact_sync_write_back_pauses_total', 'cause'), 'pause: {{cause}}'],
        ['max by (why) (contact_sync_write_back_brake)', 'brake: {{why}}'],
      ],
    },
    {
      title: 'Requests to AcmeCRM by what it said',
      unit: 'reqps',
      queries: [
        [
          `${rate('contact_sync_acme_requests_total', 'client, route, outcome')} > 0`,
          '{{client}}: {{route}} {{outcome}}',
        ],
      ],
    },
    {
      title: "Time of AcmeCRM's answers, p99",
      unit: 's',
      queries: [
        [
          quantile(0.99, 'contact_sync_acme_request_duration_seconds', 'client, route'),
          '{{client}}: {{route}}',
        ],
      ],
    },
    {
      title: 'Records that sweeps compared',
      unit: 'reqps',
      queries: [[rate('contact_sync_sweep_records_total', 'outcome'), '{{outcome}}']],
    },
  ]),
  ofService('webhook-simulator', [peersOf('webhook-simulator')]),
];

/** All of them: the pipeline as a whole, each service, Kafka and Redis as the services see them. */
export const dashboards: readonly Dashboard[] = [overview, ...services, kafka, redis];
