import { limits } from '@contact-sync/domain';

/** Largest body of a contact that is written: what any door may make of one fits. */
export const contactBodyBytes = limits.contactBytes;
