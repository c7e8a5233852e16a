import { AppError } from '@contact-sync/domain';
import type { Registry } from '../../src/index.ts';

/** A registry in memory: ids from 1 in the order in which schemas are asked for or added; can be taken down. */
export const fakeRegistry = () => {
  const schemas: string[] = [];
  const state = { isDown: false, lookUps: 0 };

  const assertUp = () => {
    state.lookUps += 1;
    if (state.isDown) {
      throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'The registry is down', retryable: true });
    }
  };
  const addText = (text: string): number => {
    const known = schemas.indexOf(text);
    return known === -1 ? schemas.push(text) : known + 1;
  };
  const add = (schema: object): number => addText(JSON.stringify(schema));
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
  return { registry, state, add, addText };
};
