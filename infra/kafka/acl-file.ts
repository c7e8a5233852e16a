import type { Grant } from '@contact-sync/kafka';
import { parse } from 'yaml';

type Service = Readonly<Partial<Record<'users' | 'groups' | 'read' | 'write', unknown>>>;

const listOf = (service: string, entry: Service, key: keyof Service): readonly string[] => {
  const value = entry[key] ?? [];
  if (Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '')) return value;
  throw new Error(`${service}: ${key} must be a list of names`);
};

const grantsOf = ([service, entry]: readonly [string, Service]): Grant[] => {
  const names = (key: keyof Service) => listOf(service, entry, key);
  const users = names('users');
  if (users.length === 0) throw new Error(`${service}: has no users`);
  const granted = [
    ...names('write').map((name) => ({ operation: 'write', resource: 'topic', name }) as const),
    ...names('read').map((name) => ({ operation: 'read', resource: 'topic', name }) as const),
    ...names('groups').map((name) => ({ operation: 'read', resource: 'group', name }) as const),
  ];
  return users.flatMap((user) => granted.map((grant) => ({ user, ...grant })));
};

/** Reads the text of acls.yaml: every grant of every user. Throws an Error that says what is wrong where. */
export const readAclFile = (text: string): readonly Grant[] => {
  const { services = {} } = parse(text) as { readonly services?: Readonly<Record<string, Service>> };
  return Object.entries(services).flatMap(grantsOf);
};
