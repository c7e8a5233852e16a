/** Long work that somebody asked for, as it is kept: any copy can go on with it. */
export type Job<Request, Progress> = {
  readonly id: string;
  readonly request: Request;
  /** The id of the user or machine. */
  readonly by: string;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled';
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly finishedAt?: number;
  readonly progress: Progress;
  /** Why it does not get on just now. */
  readonly failure?: string;
};

export const hasEnded = ({ state }: Pick<Job<unknown, unknown>, 'state'>): boolean =>
  state === 'done' || state === 'cancelled';

/** Keeps jobs of one kind. Every method throws retryable `AppError`s alone. */
export interface JobStore<Request, Progress> {
  /** The job as it is kept: the given one, or that which was kept under its id before. */
  create(job: Job<Request, Progress>): Promise<Job<Request, Progress>>;
  find(id: string): Promise<Job<Request, Progress> | undefined>;
  /** Newest first. */
  all(): Promise<readonly Job<Request, Progress>[]>;
  save(job: Job<Request, Progress>): Promise<void>;
  /** Asks whoever works on a job to end it. */
  cancel(id: string): Promise<void>;
  isCancelled(id: string): Promise<boolean>;
}
