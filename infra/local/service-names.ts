/** Port and ops port of each service (design section 1). */
export const SERVICE_PORTS = {
  'gateway-api': [3000, 3100],
  'auth-service': [3001, 3101],
  'contact-service': [3002, 3102],
  'webhook-ingest': [3003, 3103],
  'event-worker': [3004, 3104],
  'webhook-simulator': [3005, 3105],
} as const;

export type ServiceName = keyof typeof SERVICE_PORTS;

export const SERVICE_NAMES = Object.keys(SERVICE_PORTS) as ServiceName[];
