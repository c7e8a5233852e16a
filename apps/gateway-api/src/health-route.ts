import type { App } from '@contact-sync/service-kit';
import { Type } from 'typebox';

/** `GET /health`: the gateway answers. What it needs is told on its ops port. */
export const healthRoute = async (app: App): Promise<void> => {
  app.get(
    '/health',
    {
      config: { public: true },
      schema: { response: { 200: Type.Object({ status: Type.Literal('ok') }) } },
    },
    async () => ({ status: 'ok' as const }),
  );
};
