// SMART on FHIR: backend services, and a public client with PKCE.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { argv } from './settings.mjs';

export const auth = { codes: new Map(), access: new Map(), refresh: new Map(), jti: new Set(), ttl: Number(argv['token-ttl']) };
const b64 = (s) => JSON.parse(Buffer.from(s, 'base64url').toString('utf8'));
function verifyAssertion(jwt, aud) {
  const [h, p, s] = jwt.split('.');
  const head = b64(h),
    claims = b64(p);
  const { keys } = JSON.parse(fs.readFileSync(argv['client-jwks'], 'utf8'));
  const jwk = keys.find((k) => k.kid === head.kid);
  if (!jwk) return 'unknown kid';
  const key = crypto.createPublicKey({ key: jwk, format: 'jwk' });
  const ok =
    head.alg === 'RS384'
      ? crypto.verify('sha384', Buffer.from(`${h}.${p}`), key, Buffer.from(s, 'base64url'))
      : head.alg === 'ES384'
        ? crypto.verify('sha384', Buffer.from(`${h}.${p}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(s, 'base64url'))
        : false;
  if (!ok) return 'bad signature or alg';
  const t = Date.now() / 1000;
  if (claims.iss !== argv['client-id'] || claims.sub !== claims.iss) return 'iss and sub must be the client id';
  if (claims.aud !== aud) return `aud must be ${aud}`;
  if (!(claims.exp > t) || claims.exp > t + 300 + 5) return 'exp must be within five minutes';
  if (!claims.jti || auth.jti.has(claims.jti)) return 'jti missing or replayed';
  auth.jti.add(claims.jti);
  return null;
}
function issue(scope, withRefresh) {
  const at = crypto.randomBytes(24).toString('base64url');
  auth.access.set(at, Date.now() + auth.ttl * 1000);
  const out = { access_token: at, token_type: 'bearer', expires_in: auth.ttl, scope };
  if (withRefresh) {
    out.refresh_token = crypto.randomBytes(24).toString('base64url');
    auth.refresh.set(out.refresh_token, scope);
  }
  return out;
}
export function authRoute(url, method, form, origin) {
  if (url.pathname.endsWith('/.well-known/smart-configuration'))
    return [
      200,
      {
        issuer: origin,
        authorization_endpoint: `${origin}/auth/authorize`,
        token_endpoint: `${origin}/auth/token`,
        grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
        token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
        token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
        code_challenge_methods_supported: ['S256'],
        capabilities: [
          'launch-standalone',
          'client-public',
          'client-confidential-asymmetric',
          'permission-v2',
          'permission-offline',
          'authorize-post',
        ],
        scopes_supported: ['openid', 'fhirUser', 'offline_access', 'user/*.cruds', 'system/*.cruds'],
      },
    ];
  if (url.pathname === '/auth/authorize') {
    const q = url.searchParams;
    const bad =
      q.get('response_type') !== 'code'
        ? 'response_type'
        : !q.get('state')
          ? 'state'
          : q.get('code_challenge_method') !== 'S256' || !q.get('code_challenge')
            ? 'pkce'
            : q.get('aud') !== `${origin}/fhir`
              ? 'aud'
              : !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+\//.test(q.get('redirect_uri') ?? '')
                ? 'redirect_uri'
                : null;
    if (bad) return [400, { error: 'invalid_request', error_description: bad }];
    const code = crypto.randomBytes(16).toString('base64url');
    auth.codes.set(code, { challenge: q.get('code_challenge'), redirect: q.get('redirect_uri'), scope: q.get('scope') ?? '' });
    return [302, null, { location: `${q.get('redirect_uri')}?code=${code}&state=${encodeURIComponent(q.get('state'))}` }];
  }
  if (url.pathname === '/auth/token' && method === 'POST') {
    const g = form.get('grant_type');
    const err = (d, e = 'invalid_grant') => [400, { error: e, error_description: d }];
    if (g === 'client_credentials') {
      if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
        return err('client_assertion_type', 'invalid_client');
      let why;
      try {
        why = verifyAssertion(form.get('client_assertion') ?? '', `${origin}/auth/token`);
      } catch (e) {
        why = String(e);
      }
      return why ? [401, { error: 'invalid_client', error_description: why }] : [200, issue(form.get('scope') ?? '', false)];
    }
    if (g === 'authorization_code') {
      const c = auth.codes.get(form.get('code'));
      auth.codes.delete(form.get('code'));
      if (!c) return err('code');
      if (c.redirect !== form.get('redirect_uri')) return err('redirect_uri');
      if (
        crypto
          .createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url') !== c.challenge
      )
        return err('code_verifier');
      return [200, issue(c.scope, /offline_access/.test(c.scope))];
    }
    if (g === 'refresh_token') {
      const s = auth.refresh.get(form.get('refresh_token'));
      auth.refresh.delete(form.get('refresh_token'));
      return s === undefined ? err('refresh_token') : [200, issue(s, true)];
    }
    return err('grant_type', 'unsupported_grant_type');
  }
  return [404, { error: 'not_found' }];
}
