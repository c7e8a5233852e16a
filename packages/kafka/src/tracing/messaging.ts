import { type Attributes, trace } from '@opentelemetry/api';

export const tracer = () => trace.getTracer('@contact-sync/kafka');

/** What spans of messages have in common (OpenTelemetry's semantic conventions of messaging and of Kafka). */
export const messaging = (operation: 'send' | 'process', topic: string, messageId?: string): Attributes => ({
  'messaging.system': 'kafka',
  'messaging.operation.type': operation,
  'messaging.operation.name': operation,
  'messaging.destination.name': topic,
  ...(messageId !== undefined && { 'messaging.message.id': messageId }),
});
