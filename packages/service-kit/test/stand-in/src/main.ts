/** A service with nothing behind it, whose end can be made difficult. */
import { setTimeout as pause } from 'node:timers/promises';
import { Type } from 'typebox';
import { createServer, loadConfig, runService, serverSettings } from '../../../src/index.ts';

const Config = Type.Object({
  ...serverSettings({ port: 0, opsPort: 0 }),
  AT_CLOSE: Type.Enum(['nothing', 'rejects-late', 'port-fails', 'hangs'], { default: 'nothing' }),
});

const Wait = Type.Object({ ms: Type.Integer() });

await runService(
  {
    name: 'stand-in',
    readConfig: (environment) => loadConfig(Config, environment),
    connect: async ({ AT_CLOSE }, { logger }) => ({
      checks: {},
      close: async () => {
        if (AT_CLOSE === 'rejects-late') void Promise.reject(new Error('a late rejection'));
        if (AT_CLOSE === 'hangs') await Promise.withResolvers().promise;
        await pause(10);
        logger.info('dependencies closed');
      },
    }),
    createApp: async (_, { AT_CLOSE }, context) => {
      const app = await createServer(context);
      const schema = { params: Wait };
      app.get('/wait/:ms', { config: { public: true }, schema }, async ({ params }) => {
        context.logger.info('a request is under way');
        await pause(params.ms);
        return {};
      });
      app.get('/begin/:ms', { config: { public: true }, schema }, async ({ params }, reply) => {
        reply.hijack();
        reply.raw.writeHead(200).write('begun ');
        context.logger.info('a request is under way');
        await pause(params.ms);
        reply.raw.end('ended');
      });
      app.post('/things', { config: { public: true } }, async () => ({}));
      app.get('/fault', { config: { public: true } }, async () => {
        setImmediate(() => {
          throw new Error('a fault of its own');
        });
        return {};
      });
      app.addHook('onClose', async () => {
        if (AT_CLOSE === 'port-fails') throw new Error('the port cannot be closed');
      });
      return app;
    },
  },
  process.env,
);
