/**
 * Sets an own member of a plain object, whatever its name is. A plain assignment to `__proto__`, which JSON may name, would
 * lose the value and change the object's prototype.
 */
export const setOwnMember = (target: Record<string, unknown>, name: string, value: unknown): void => {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
};
