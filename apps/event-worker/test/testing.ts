/** What tests of the whole path run: a record's way from the topic to contact-service. */
export { createHttpContactApplier } from '../src/adapters/http-contact-applier.ts';
export { contactSyncHandler } from '../src/handlers/contact-sync.ts';
