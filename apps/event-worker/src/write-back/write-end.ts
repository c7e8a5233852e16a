import type { RecordFault } from '@contact-sync/kafka';
import type { AcmeTrouble } from '../acme/acme-api.ts';
import type { Write } from './ports.ts';

/** How one write ended. */
export type WriteEnd =
  /** AcmeCRM has it, and its answer is applied. */
  | { readonly kind: 'written' }
  /** AcmeCRM's record had changed; the change is applied, and there is another plan. */
  | { readonly kind: 'again' }
  /** It can never work as it is. */
  | { readonly kind: 'fault'; readonly fault: RecordFault }
  /** It failed for a reason of its own that may pass. */
  | { readonly kind: 'later'; readonly fault: RecordFault }
  /** AcmeCRM does not know the record. */
  | { readonly kind: 'missing' }
  /** AcmeCRM did not say what it did, or did nothing. */
  | { readonly kind: 'trouble'; readonly trouble: AcmeTrouble }
  /** The brake holds it. */
  | { readonly kind: 'held' };

export type WrittenPlan = { readonly write: Write; readonly end: WriteEnd };
