import { createTestApp } from './test-app.ts';

type Headers = Record<string, string>;

/** A contact as a client sends it. */
export const input = { firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com' };

/** The app, and requests to its contacts by an editor; `become` has another one make the next. */
export const createEditing = async () => {
  const test = await createTestApp();
  let editor = test.issuer.userToken('editor', { sub: 'user-1' });
  const send = (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    headers: Headers = {},
    payload?: object | string,
  ) =>
    test.app.inject({
      method,
      url: `/api/v1/contacts${url}`,
      headers: { authorization: `Bearer ${editor}`, ...headers },
      ...(payload !== undefined && { payload }),
    });
  return {
    test,
    send,
    create: async (fields: object = input) => (await send('POST', '', {}, fields)).json(),
    historyOf: (id: string) => test.store.history(id, { limit: 10 }),
    become: (token: string) => {
      editor = token;
    },
  };
};
