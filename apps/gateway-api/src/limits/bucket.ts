import type { LimitClass, limitClasses } from '@contact-sync/api-contracts';

/** What a limit is kept of, by the contracts: a caller's calls, an address's logins, an address's refreshes. */
export type Bucket = (typeof limitClasses)[LimitClass]['bucket'];
