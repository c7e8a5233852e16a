/** Largest body of a contact that is written. */
export const contactBodyBytes = 65_536;
