/** At full size with `PROPERTY_RUNS=full`, else small. */
export const isFull = process.env['PROPERTY_RUNS'] === 'full';
