import kafkajs, { type AclEntry } from 'kafkajs';
import type { KafkaClient } from '../client/create-kafka-client.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

/** What a user may do with a topic, or with a consumer group. `name` ends in `*` where it stands for all that begin so. */
export type Grant = {
  readonly user: string;
  readonly operation: 'read' | 'write';
  readonly resource: 'topic' | 'group';
  readonly name: string;
};

/** What was found or done. */
export type GrantReport = {
  /** How many of the grants were there already. */
  readonly present: number;
  readonly added: readonly Grant[];
  /** What these users may do beyond the grants, one text each; it is left, for somebody else may have meant it. */
  readonly beyond: readonly string[];
};

const entryOf = ({ user, operation, resource, name }: Grant): AclEntry => ({
  principal: `User:${user}`,
  host: '*',
  operation: operation === 'read' ? AclOperationTypes.READ : AclOperationTypes.WRITE,
  permissionType: AclPermissionTypes.ALLOW,
  resourceType: resource === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
  resourceName: name.replace(/\*$/, ''),
  resourcePatternType: name.endsWith('*') ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
});

const nameIn = (names: Readonly<Record<string, string | number>>, value: number): string =>
  Object.entries(names).find(([, number]) => number === value)?.[0] ?? String(value);

/** The same text for the same entry, for people too. */
const textOf = (entry: AclEntry): string =>
  [
    entry.principal,
    nameIn(AclPermissionTypes, entry.permissionType),
    nameIn(AclOperationTypes, entry.operation),
    nameIn(AclResourceTypes, entry.resourceType),
    `${entry.resourceName}${entry.resourcePatternType === ResourcePatternTypes.PREFIXED ? '*' : ''}`,
    `from ${entry.host}`,
  ].join(' ');

const entriesOf = async (
  admin: ReturnType<KafkaClient['kafka']['admin']>,
  user: string,
): Promise<string[]> => {
  const { resources } = await admin.describeAcls({
    principal: `User:${user}`,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
  });
  return resources.flatMap(({ acls, ...resource }) => acls.map((acl) => textOf({ ...resource, ...acl })));
};

/**
 * Lets users do what is granted, from any host: adds what is missing and takes nothing away; repeating it changes nothing.
 * Needs a user who may alter the cluster. Rejects with kafkajs's error, where the brokers have no authorizer too.
 */
export const deployAcls = async (client: KafkaClient, grants: readonly Grant[]): Promise<GrantReport> => {
  const admin = client.kafka.admin();
  await admin.connect();
  try {
    const users = [...new Set(grants.map(({ user }) => user))];
    const present = new Set((await Promise.all(users.map((user) => entriesOf(admin, user)))).flat());
    const added = grants.filter((grant) => !present.has(textOf(entryOf(grant))));
    if (added.length > 0) await admin.createAcls({ acl: added.map(entryOf) });
    const declared = new Set(grants.map((grant) => textOf(entryOf(grant))));
    return {
      present: grants.length - added.length,
      added,
      beyond: [...present].filter((text) => !declared.has(text)).toSorted(),
    };
  } finally {
    await admin.disconnect();
  }
};
