// The script of the page at /docs. It runs in browsers and has no build step; the token is kept in memory alone.

const ui = globalThis.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});

const form = document.querySelector('#log-in');
const state = form.querySelector('output');

const logIn = async (credentials) => {
  const answer = await fetch('/api/v1/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body;
};

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  state.textContent = 'Logging in …';
  try {
    const { accessToken, expiresIn } = await logIn({ email, password });
    ui.preauthorizeApiKey('accessToken', accessToken);
    form.reset();
    state.textContent = `Logged in as ${email} for ${Math.round(expiresIn / 60)} minutes.`;
  } catch (error) {
    state.textContent = error instanceof Error ? error.message : 'The gateway does not answer.';
  }
});
