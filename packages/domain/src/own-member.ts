/** Makes an own member of a plain object, also where the name is `__proto__`, which an assignment would misread. */
export const setOwnMember = (target: Record<string, unknown>, name: string, value: unknown): void => {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
};
