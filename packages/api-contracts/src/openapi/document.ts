import type { TSchema } from 'typebox';
import type { RouteContract, Routes } from '../route-contract.ts';
import { operationOf } from './operation.ts';
import { createSchemaWriter, type Json } from './references.ts';

export type DocumentOptions = {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly serverUrl: string;
  /** Routes by tag, in the order in which a reader meets them. */
  readonly tags: Readonly<Record<string, { readonly description: string; readonly routes: Routes }>>;
  /** Schemas that stand in the document by name. */
  readonly schemas: Readonly<Record<string, TSchema>>;
};

const accessToken: Json = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'at+jwt',
  description: 'From `POST /api/v1/auth/login` for people, from `POST /oauth2/token` for machines.',
};

type Tagged = { readonly tag: string; readonly route: RouteContract };

/** Routes as an OpenAPI 3.1 document. The same routes give the same text. */
export const openApiDocument = ({
  title,
  version,
  description,
  serverUrl,
  tags,
  schemas,
}: DocumentOptions): Json => {
  const writer = createSchemaWriter(schemas);
  const tagged: Tagged[] = Object.entries(tags).flatMap(([tag, { routes }]) =>
    Object.values(routes).map((route) => ({ tag, route })),
  );
  const paths = Object.fromEntries(
    [...Map.groupBy(tagged, ({ route }) => route.path)].map(([path, same]) => [
      path,
      Object.fromEntries(
        same.map(({ tag, route }) => [route.method.toLowerCase(), operationOf(route, tag, writer)]),
      ),
    ]),
  );
  const isGuarded = tagged.some(({ route }) => route.access !== 'public');
  return {
    openapi: '3.1.1',
    info: { title, version, description },
    servers: [{ url: serverUrl }],
    tags: Object.entries(tags).map(([name, tag]) => ({ name, description: tag.description })),
    paths,
    components: {
      schemas: writer.components(),
      ...(isGuarded && { securitySchemes: { accessToken } }),
    },
  };
};
