/** The part of a pino-like logger that this package uses. */
export type RedisLogger = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
};
