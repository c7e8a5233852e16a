import type { ServiceTokens } from '@contact-sync/access';
import type { HttpClient, HttpRequest, HttpResponse } from '@contact-sync/service-kit';

/** One request with this service's token, which is forgotten where it is refused. Throws as `HttpClient.request` does. */
export const callWithToken = async (
  options: {
    readonly http: HttpClient;
    readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
  },
  request: HttpRequest,
): Promise<HttpResponse> => {
  const token = await options.tokens.getToken();
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  const response = await options.http.request({ ...request, headers });
  if (response.status === 401) options.tokens.invalidate(token);
  return response;
};
