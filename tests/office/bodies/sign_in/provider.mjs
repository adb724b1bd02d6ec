// A real OpenID provider (oidc-provider, certified) for the tests: `node provider.mjs <redirect> <sign-out redirect>`.
// It prints its port, and lets in whoever gives any name and password, by its own form. `POST /_test/<what>` makes it
// misbehave from then on: other-keys, other-person, no-token; `POST /_test/well` ends that.
import { createServer } from 'node:http';
import { generateKeyPair, exportJWK } from 'jose';
import { Provider } from 'oidc-provider';

const [redirect, afterwards] = process.argv.slice(2);
const key = async () => ({ ...(await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey)), alg: 'RS256', use: 'sig', kid: 'one' });
const own = await key();
const { n, e, kty, alg, use, kid } = await key();
const otherKeys = { keys: [{ n, e, kty, alg, use, kid }] };
let fault = 'well';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'gongkai',
      client_secret: 'a secret that only the tests know of',
      redirect_uris: [redirect],
      post_logout_redirect_uris: [afterwards],
    }],
    jwks: { keys: [own] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'employee_number'] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ['only for tests'] },
    findAccount: (ctx, login) => ({
      accountId: login,
      claims: () => ({ sub: login, name: `${login}（外部）`, preferred_username: `${login}@sso`, employee_number: login }),
    }),
  });
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/_test/')) {
      fault = ctx.path.slice('/_test/'.length);
      ctx.body = fault;
      return;
    }
    await next();
    if (fault === 'other-keys' && ctx.path === '/jwks') ctx.body = otherKeys;
    if (fault === 'other-person' && ctx.path === '/me') ctx.body = { ...ctx.body, sub: 'somebody-else' };
    if (fault === 'no-token' && ctx.path === '/token') delete ctx.body.id_token;
    if (fault === 'nonsense' && ctx.path === '/token') ctx.body = '<html>';
  });
  server.on('request', provider.callback());
  console.log(server.address().port);
});
