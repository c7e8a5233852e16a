/** The services that can be reached. */
export type UpstreamName = 'auth' | 'contact' | 'worker' | 'simulator';

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type ProxiedRoute = {
  readonly prefix: string;
  /** Paths below the prefix, `/` being the prefix itself; all of them by default. */
  readonly paths?: readonly string[];
  readonly upstream: UpstreamName;
  readonly methods?: readonly Method[];
  /** May be called without a token. The service behind decides by itself in any case. */
  readonly public?: true;
  readonly limit?: 'login';
};

/** What is reachable from outside, and nothing else is (design section 4). A more special path wins. */
export const routeTable: readonly ProxiedRoute[] = [
  {
    prefix: '/.well-known/jwks.json',
    paths: ['/'],
    upstream: 'auth',
    methods: ['GET', 'HEAD'],
    public: true,
  },
  {
    prefix: '/oauth2/token',
    paths: ['/'],
    upstream: 'auth',
    methods: ['POST'],
    public: true,
    limit: 'login',
  },
  {
    prefix: '/api/v1/auth/login',
    paths: ['/'],
    upstream: 'auth',
    methods: ['POST'],
    public: true,
    limit: 'login',
  },
  { prefix: '/api/v1/auth', upstream: 'auth' },
  { prefix: '/api/v1/contacts', upstream: 'contact' },
  { prefix: '/api/v1/contacts', paths: ['/:id/events'], upstream: 'worker', methods: ['GET', 'HEAD'] },
  { prefix: '/api/v1/mappings', upstream: 'contact' },
  { prefix: '/api/v1/events', upstream: 'worker' },
  { prefix: '/api/v1/dead-letters', upstream: 'worker' },
  { prefix: '/api/v1/rewinds', upstream: 'worker' },
  { prefix: '/api/v1/consumers', upstream: 'worker' },
  { prefix: '/api/v1/simulator', upstream: 'simulator' },
];
