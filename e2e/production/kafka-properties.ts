import { join } from 'node:path';
import { SINGLE_BROKER_SETTINGS } from '../src/launcher.ts';
import type { Certificates } from './certificates.ts';

/** A user of the brokers. */
export type Login = { readonly username: string; readonly password: string };

/** How everybody logs in. */
export const MECHANISM = 'SCRAM-SHA-512';

const textOf = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const jaas = (module: 'plain.Plain' | 'scram.Scram', options: string): string =>
  `org.apache.kafka.common.security.${module}LoginModule required ${options};`;

type Place = { readonly port: number; readonly controllerPort: number; readonly folder: string };

/** A broker that is its own controller: every listener over TLS and with a login, and nobody may do what is not granted. */
export const brokerProperties = (
  { port, controllerPort, folder }: Place,
  { authority, keyStore }: Certificates,
  { username, password }: Login,
): string =>
  textOf({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `CLIENTS://localhost:${port}`,
    'listener.security.protocol.map': 'CLIENTS:SASL_SSL,CONTROLLER:SASL_SSL',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENTS',
    'sasl.mechanism.inter.broker.protocol': MECHANISM,
    'listener.name.clients.sasl.enabled.mechanisms': MECHANISM,
    'listener.name.clients.scram-sha-512.sasl.jaas.config': jaas(
      'scram.Scram',
      `username="${username}" password="${password}"`,
    ),
    // SCRAM needs the controller to be there already.
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.controller.plain.sasl.jaas.config': jaas(
      'plain.Plain',
      `username="${username}" password="${password}" user_${username}="${password}"`,
    ),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keyStore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': authority,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:${username}`,
    'allow.everyone.if.no.acl.found': 'false',
    'log.dirs': join(folder, 'data'),
    ...SINGLE_BROKER_SETTINGS,
  });

/** What Kafka's own tools are told to come in as the super user. */
export const operatorProperties = ({ authority }: Certificates, { username, password }: Login): string =>
  textOf({
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': MECHANISM,
    'sasl.jaas.config': jaas('scram.Scram', `username="${username}" password="${password}"`),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': authority,
  });
