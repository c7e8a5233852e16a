/** The part of a logger that this package needs; pino fits. Fields first, then a constant text. */
export type Logger = {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
};
