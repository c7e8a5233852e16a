import type { ProxyBehaviour } from './behaviour.ts';

/** The proxy's current behaviour, which live connections follow. */
export type BehaviourSwitch = {
  current(): ProxyBehaviour;
  set(behaviour: ProxyBehaviour): void;
  /** Resolves once the behaviour is no black hole. */
  passable(): Promise<void>;
};

export const createSwitch = (): BehaviourSwitch => {
  let behaviour: ProxyBehaviour = { kind: 'pass' };
  let changed = Promise.withResolvers<void>();
  return {
    current: () => behaviour,
    set(next) {
      behaviour = next;
      changed.resolve();
      changed = Promise.withResolvers();
    },
    async passable() {
      while (behaviour.kind === 'black-hole') await changed.promise;
    },
  };
};
