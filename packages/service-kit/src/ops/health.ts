/** A dependency of a process, and whether it can do without. */
export type HealthCheck = {
  /**
   * `startup`: not ready until it was there once. From then on the service answers properly by itself while it is away,
   * and all copies being unready at once would put a balancer's error in the place of that answer.
   * `always`: not ready whenever it is away.
   * `never`: told, and nothing more.
   */
  readonly gate: 'startup' | 'always' | 'never';
  /** Resolves where the dependency is usable; otherwise rejects with a reason that an operator may read. */
  readonly check: () => Promise<void>;
};

export type DependencyState = { readonly ok: boolean; readonly reason?: string };

export type HealthReport = {
  readonly ready: boolean;
  /** What each dependency is like now, also where the process is ready without it. */
  readonly checks: Readonly<Record<string, DependencyState>>;
};

const CHECK_TIMEOUT_MS = 2_000;

const stateOf = async ({ check }: HealthCheck): Promise<DependencyState> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : 'failed' };
  } finally {
    clearTimeout(timer);
  }
};

/** What the probes of one process say. */
export class Health {
  readonly #checks: Readonly<Record<string, HealthCheck>>;
  readonly #wereThere = new Set<string>();
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
  async dependencies(): Promise<HealthReport['checks']> {
    const entries = await Promise.all(
      Object.entries(this.#checks).map(async ([name, check]) => {
        const state = await stateOf(check);
        if (state.ok) this.#wereThere.add(name);
        return [name, state] as const;
      }),
    );
    return Object.fromEntries(entries);
  }

  /** {@link Health.dependencies}, and whether requests may come. */
  async report(): Promise<HealthReport> {
    const dependencies = await this.dependencies();
    const mayBeAway = (name: string) => {
      const gate = this.#checks[name]?.gate;
      return gate === 'never' || (gate === 'startup' && this.#wereThere.has(name));
    };
    const isHeldUp = Object.entries(dependencies).some(([name, { ok }]) => !ok && !mayBeAway(name));
    const checks = this.#draining
      ? { ...dependencies, process: { ok: false, reason: 'draining' } }
      : dependencies;
    return { ready: this.#started && !this.#draining && !isHeldUp, checks };
  }
}
