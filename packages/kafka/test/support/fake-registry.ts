import { AppError } from '@contact-sync/domain';
import type { Registry } from '../../src/index.ts';

/** A registry in memory: ids from 1 in the order in which schemas are asked for or added; can be taken down. */
export const fakeRegistry = () => {
  const schemas: object[] = [];
  const state = { isDown: false, lookUps: 0 };

  const assertUp = () => {
    state.lookUps += 1;
    if (state.isDown) {
      throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'The registry is down', retryable: true });
    }
  };
  const add = (schema: object): number => {
    const known = schemas.findIndex((other) => JSON.stringify(other) === JSON.stringify(schema));
    return known === -1 ? schemas.push(schema) : known + 1;
  };
  const registry: Registry = {
    async idOf(_subject, schema) {
      assertUp();
      return add(schema);
    },
    async schemaOf(id) {
      assertUp();
      return schemas[id - 1];
    },
  };
  return { registry, state, add };
};
