import { Type } from 'typebox';

export const RunParams = Type.Object({ id: Type.String({ format: 'uuid', description: "The run's id" }) });

export const RunReceipt = Type.Object({ id: Type.String({ format: 'uuid' }) });
