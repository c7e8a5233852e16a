/** Resolves where the dependency is usable; otherwise rejects with a reason that an operator may read. */
export type HealthCheck = () => Promise<void>;

export type HealthReport = {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly reason?: string }>>;
};

const CHECK_TIMEOUT_MS = 2_000;

const withTimeout = async (check: HealthCheck): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** What the probes of one process say. */
export class Health {
  readonly #checks: Readonly<Record<string, HealthCheck>>;
  #started = false;
  #draining = false;

  constructor(checks: Readonly<Record<string, HealthCheck>>) {
    this.#checks = checks;
  }

  /** The business port listens. */
  markStarted(): void {
    this.#started = true;
  }

  /** From now on not ready, whatever the dependencies say: the process is on its way out. */
  markDraining(): void {
    this.#draining = true;
  }

  get started(): boolean {
    return this.#started;
  }

  /** Asks every dependency, each within two seconds. */
  async report(): Promise<HealthReport> {
    const entries = await Promise.all(
      Object.entries(this.#checks).map(async ([name, check]) => {
        try {
          await withTimeout(check);
          return [name, { ok: true }] as const;
        } catch (error) {
          return [name, { ok: false, reason: error instanceof Error ? error.message : 'failed' }] as const;
        }
      }),
    );
    const checks: HealthReport['checks'] = {
      ...Object.fromEntries(entries),
      ...(this.#draining ? { process: { ok: false, reason: 'draining' } } : {}),
    };
    return { ready: this.#started && Object.values(checks).every((check) => check.ok), checks };
  }
}
