// Starts the peer in each preset and checks the semantics that tests will rely on.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import assert from 'node:assert/strict';
import os from 'node:os';
import fs from 'node:fs';
import crypto from 'node:crypto';
const here = path.dirname(fileURLToPath(import.meta.url));
const running = new Set();
process.on('exit', () => {
  for (const p of running) p.kill('SIGKILL');
});
export async function start(args = []) {
  const p = spawn(process.execPath, [path.join(here, 'peer.mjs'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(p);
  const line = await new Promise((ok, no) => {
    createInterface({ input: p.stdout }).once('line', ok);
    p.once('exit', (c) => no(new Error(`exit ${c}`)));
  });
  const info = JSON.parse(line);
  const call = async (method, u, body, headers = {}) => {
    const r = await fetch(/^https?:/.test(u) ? u : info.base + u, {
      method,
      headers: { ...(body ? { 'content-type': 'application/fhir+json' } : {}), ...headers },
      body: body ? JSON.stringify(body) : undefined,
      redirect: 'manual',
    });
    const t = await r.text();
    let j;
    try {
      j = JSON.parse(t);
    } catch {
      j = t;
    }
    return { s: r.status, j, h: r.headers };
  };
  const peer = async (method, u, body) => (await call(method, info.admin + u, body)).j;
  return {
    ...info,
    p,
    call,
    peer,
    stop: () =>
      new Promise((r) => {
        p.once('exit', r);
        p.kill('SIGKILL');
      }),
  };
}
const pat = (v, extra = {}) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:mrn', value: v }],
  name: [{ family: `Fam${v}`, given: ['G'] }],
  gender: 'female',
  birthDate: '1980-01-02',
  ...extra,
});
const obs = (ref, i, extra = {}) => ({
  resourceType: 'Observation',
  identifier: [{ system: 'urn:obs', value: `o${i}` }],
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { reference: ref },
  effectiveDateTime: '2026-01-01T00:00:00Z',
  valueQuantity: {
    value: 60 + (Number.parseInt(String(i).replace(/\D/g, ''), 10) % 40),
    unit: '/min',
    system: 'http://unitsofmeasure.org',
    code: '/min',
  },
  ...extra,
});
const bundle = (type, entry) => ({ resourceType: 'Bundle', type, entry });
const uuid = () => crypto.randomUUID();
let n = 0;
const ok = (c, m) => {
  assert.ok(c, m);
  n++;
};
const eq = (a, b, m) => {
  assert.deepEqual(a, b, m);
  n++;
};

async function run(preset) {
  const x = await start(['--preset', preset, '--validate', 'profile']);
  const { call, peer } = x;
  const cfg = await peer('GET', '/config');
  try {
    eq((await call('GET', '/metadata')).j.fhirVersion, '4.0.1');
    await peer('POST', '/config', { readOnlyTypes: [] });
    let r = await call('POST', '/Patient', pat('1', { id: 'mine' }));
    eq(r.s, 201);
    ok(r.h.get('location').includes('/_history/'));
    ok(/^W\/"/.test(r.h.get('etag')));
    const loc = r.h.get('location').split('/fhir/')[1].split('/');
    const id = loc[1];
    ok(id !== 'mine', 'a POSTed id is not kept');
    const v1 = loc[3];
    if (cfg.returnBody) eq(r.j.id, id);
    else eq(r.j, '');
    r = await call('PUT', `/Patient/${id}`, { ...pat('1'), id, gender: 'male' }, { 'if-match': `W/"${v1}"` });
    eq(r.s, 200);
    r = await call('PUT', `/Patient/${id}`, { ...pat('1'), id, gender: 'other' }, { 'if-match': `W/"${v1}"` });
    eq(r.s, cfg.conflictStatus);
    eq(r.j.resourceType, 'OperationOutcome');
    if (cfg.requireIfMatch) eq((await call('PUT', `/Patient/${id}`, { ...pat('1'), id })).s, 428);
    const cid = uuid();
    r = await call('PUT', `/Patient/${cid}`, { ...pat('2'), id: cid });
    eq(r.s, cfg.clientIds ? 201 : cfg.clientIdStatus, 'client-assigned id');
    r = await call('POST', '/Patient', pat('1'), { 'if-none-exist': 'identifier=urn:mrn|1' });
    eq(r.s, cfg.conditionalCreate === 'ignore' ? 201 : 200);
    if (cfg.conditionalCreate === 'support') {
      eq((await call('POST', '/Patient', pat('77'), { 'if-none-exist': 'identifier=urn:mrn|77' })).s, 201);
      eq((await call('POST', '/Patient', pat('77'), { 'if-none-exist': 'identifier=urn:mrn|77' })).s, 200);
      eq((await peer('GET', '/state')).duplicates.length, 0);
      await call('POST', '/Patient', pat('77'));
      eq((await call('POST', '/Patient', pat('77'), { 'if-none-exist': 'identifier=urn:mrn|77' })).s, 412);
    }
    for (const bad of [
      { resourceType: 'Patient', gender: 'zzz' },
      { resourceType: 'Patient', bogus: 1 },
      { resourceType: 'Observation', code: {} },
      obs(`Patient/${id}`, 1, {
        meta: { profile: ['http://hl7.org/fhir/StructureDefinition/vitalsigns'] },
        category: undefined,
      }),
    ]) {
      r = await call('POST', `/${bad.resourceType}`, bad);
      eq(r.s, cfg.statusInvalid, JSON.stringify(r.j));
      eq(r.j.resourceType, 'OperationOutcome');
      ok(r.j.issue[0].details.text);
    }
    eq((await call('GET', `/Patient?identifier=urn:mrn|1&_count=1`)).j.entry.length, 1);
    // transactions
    const before = (await peer('GET', '/state')).counts;
    const u = `urn:uuid:${uuid()}`;
    const tx = bundle('transaction', [
      { fullUrl: u, resource: pat('50'), request: { method: 'POST', url: 'Patient' } },
      { fullUrl: `urn:uuid:${uuid()}`, resource: obs(u, 50), request: { method: 'POST', url: 'Observation' } },
      { resource: { ...pat('1'), id }, request: { method: 'PUT', url: `Patient/${id}`, ifMatch: 'W/"999"' } },
    ]);
    r = await call('POST', '', tx);
    if (cfg.transactions === 'none') eq(r.s, 405);
    else {
      eq(r.s, cfg.conflictStatus);
      eq((await peer('GET', '/state')).counts, before, 'rolled back');
      tx.entry.pop();
      r = await call('POST', '', tx);
      eq(r.s, 200);
      ok(r.j.entry.every((e) => /^201/.test(e.response.status) && e.response.location));
      ok(r.j.entry[0].response.etag);
      eq((await peer('GET', '/state')).orphanCount, 0);
    }
    if (cfg.batches) {
      r = await call(
        'POST',
        '',
        bundle('batch', [
          { resource: pat('60'), request: { method: 'POST', url: 'Patient' } },
          { resource: { resourceType: 'Patient', gender: 'zzz' }, request: { method: 'POST', url: 'Patient' } },
        ]),
      );
      eq(r.s, 200);
      ok(/^201/.test(r.j.entry[0].response.status));
      eq(r.j.entry[1].response.status, String(cfg.statusInvalid));
      ok(r.j.entry[1].response.outcome.issue.length);
    }
    if (cfg.transactions === 'native') {
      r = await call(
        'POST',
        '',
        bundle(
          'transaction',
          Array.from({ length: 9 }, (_, i) => ({
            resource: pat(`c${i}`),
            request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=urn:mrn|c${i}` },
          })),
        ),
      );
      eq(r.s, 400, 'nine conditional creates are too many');
    }
    if (cfg.transactions === 'atomic' && cfg.conditionalCreate === 'support') {
      const b = bundle(
        'transaction',
        Array.from({ length: 100 }, (_, i) => ({
          fullUrl: `urn:uuid:${uuid()}`,
          resource: obs(`Patient/${id}`, 1000 + i),
          request: { method: 'POST', url: 'Observation', ifNoneExist: `identifier=urn:obs|o${1000 + i}` },
        })),
      );
      eq((await call('POST', '', b)).s, 200);
      r = await call('POST', '', b);
      ok(
        r.j.entry.every((e) => /^200/.test(e.response.status)),
        'a replay creates nothing',
      );
      eq((await peer('GET', '/state')).counts.Observation >= 100, true);
    }
    if (cfg.referentialIntegrity) eq((await call('POST', '/Observation', obs('Patient/nobody', 9))).s, 400);
    // paging, _lastUpdated, include, history, delete
    for (let i = 0; i < 25; i++) eq((await call('POST', '/Observation', obs(`Patient/${id}`, 3000 + i))).s, 201);
    const seen = new Set();
    let next = '/Observation?_lastUpdated=ge2020-01-01T00:00:00Z&_sort=_lastUpdated&_count=10';
    while (next) {
      r = await call('GET', next);
      eq(r.s, 200);
      for (const e of r.j.entry ?? []) seen.add(e.resource.id);
      next = r.j.link.find((l) => l.relation === 'next')?.url;
    }
    eq(seen.size, (await peer('GET', '/state')).counts.Observation);
    eq((await call('GET', '/Observation?_lastUpdated=gt2099-01-01T00:00:00Z')).j.entry, undefined);
    r = await call('GET', '/Observation?identifier=urn:obs|o3001&_include=Observation:subject');
    eq(
      r.j.entry.map((e) => e.search.mode),
      ['match', 'include'],
    );
    if (cfg.historyInstance) {
      eq((await call('GET', `/Patient/${id}/_history`)).j.entry.length, 2);
      eq((await call('GET', `/Patient/${id}/_history`)).j.entry[0].resource.gender, 'male');
      eq((await call('GET', `/Patient/${id}/_history/${v1}`)).j.gender, 'female');
    }
    if (cfg.deletes) {
      const o = (await call('GET', '/Observation?identifier=urn:obs|o3002')).j.entry[0].resource.id;
      ok((await call('DELETE', `/Observation/${o}`)).s < 300);
      eq((await call('GET', `/Observation/${o}`)).s, 410);
      if (cfg.historyType) {
        const h = (await call('GET', '/_history?_since=2020-01-01T00:00:00Z&_count=5')).j;
        eq(h.entry[0].request.method, 'DELETE');
      }
    }
    // faults
    const count = async () => (await peer('GET', '/state')).counts.Observation;
    let c0 = await count();
    await peer('POST', '/fault', { method: 'POST', path: 'Observation', action: 'lose' });
    await assert.rejects(call('POST', '/Observation', obs(`Patient/${id}`, 5000)));
    eq(await count(), c0 + 1, 'lose: executed, reply lost');
    c0 = await count();
    await peer('POST', '/fault', { method: 'POST', action: 'drop' });
    await assert.rejects(call('POST', '/Observation', obs(`Patient/${id}`, 5001)));
    eq(await count(), c0, 'drop: not executed');
    await peer('POST', '/fault', { method: 'POST', action: 'truncate' });
    if (cfg.returnBody) await assert.rejects(call('POST', '/Observation', obs(`Patient/${id}`, 5002)));
    await peer('DELETE', '/fault');
    await peer('POST', '/fault', { action: 'status', status: 429, headers: { 'retry-after': '2' } });
    r = await call('GET', '/Patient');
    eq([r.s, r.h.get('retry-after')], [429, '2']);
    await peer('POST', '/fault', { action: 'portal' });
    ok(/html/.test((await call('GET', '/Patient')).h.get('content-type')));
    console.log(`${preset}: ok`);
  } finally {
    await x.stop();
  }
}
for (const p of ['hapi', 'medplum', 'azure', 'ehr', 'lenient']) await run(p);

{
  // the journal survives kill -9
  const f = path.join(os.tmpdir(), `peer-${process.pid}.ndjson`);
  let x = await start(['--data', f]);
  for (let i = 0; i < 20; i++) await x.call('POST', '/Patient', pat(`j${i}`));
  await x.stop();
  x = await start(['--data', f]);
  eq((await x.peer('GET', '/state')).counts.Patient, 20);
  await x.stop();
  fs.unlinkSync(f);
}
{
  // SMART: backend services with ES384, and a public client with PKCE
  const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const jwks = path.join(os.tmpdir(), `jwks-${process.pid}.json`);
  fs.writeFileSync(
    jwks,
    JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES384', use: 'sig' }] }),
  );
  const x = await start(['--auth', 'on', '--client-jwks', jwks]);
  const origin = x.base.replace(/\/fhir$/, '');
  const form = async (o) => {
    const r = await fetch(`${origin}/auth/token`, { method: 'POST', body: new URLSearchParams(o) });
    return { s: r.status, j: await r.json() };
  };
  eq((await x.call('GET', '/Patient')).s, 401);
  const b = (o) => Buffer.from(JSON.stringify(o)).toString('base64url');
  const t = Math.floor(Date.now() / 1000);
  const msg = `${b({ alg: 'ES384', kid: 'k1', typ: 'JWT' })}.${b({ iss: 'maroom', sub: 'maroom', aud: `${origin}/auth/token`, exp: t + 240, jti: uuid() })}`;
  const jwt = `${msg}.${crypto.sign('sha384', Buffer.from(msg), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  const req = {
    grant_type: 'client_credentials',
    scope: 'system/*.cruds',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: jwt,
  };
  let r = await form(req);
  eq(r.s, 200);
  eq((await x.call('GET', '/Patient', undefined, { authorization: `Bearer ${r.j.access_token}` })).s, 200);
  eq((await form(req)).s, 401, 'a replayed assertion is refused');
  await x.peer('POST', '/expire-tokens');
  eq((await x.call('GET', '/Patient', undefined, { authorization: `Bearer ${r.j.access_token}` })).s, 401);
  const ver = crypto.randomBytes(32).toString('base64url');
  const redirect = 'http://127.0.0.1:1/cb';
  const q = new URLSearchParams({
    response_type: 'code',
    client_id: 'maroom',
    redirect_uri: redirect,
    scope: 'openid fhirUser offline_access user/*.cruds',
    state: 's1',
    aud: x.base,
    code_challenge: crypto.createHash('sha256').update(ver).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const a = await x.call('GET', `${origin}/auth/authorize?${q}`);
  eq(a.s, 302);
  const code = new URL(a.h.get('location')).searchParams.get('code');
  r = await form({ grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: ver, client_id: 'maroom' });
  eq(r.s, 200);
  ok(r.j.refresh_token);
  r = await form({ grant_type: 'refresh_token', refresh_token: r.j.refresh_token, client_id: 'maroom' });
  eq(r.s, 200);
  await x.stop();
  fs.unlinkSync(jwks);
  console.log('auth: ok');
}
if (process.argv.includes('--bench'))
  for (const v of ['none', 'base', 'profile']) {
    const x = await start(['--preset', 'hapi', '--validate', v]);
    const p = (await x.call('POST', '/Patient', pat('1'))).j.id;
    const prof = v === 'profile' ? { meta: { profile: ['http://hl7.org/fhir/StructureDefinition/vitalsigns'] } } : {};
    for (const mode of ['PUT uuid', 'POST ifNoneExist']) {
      const t = performance.now();
      let k = 0;
      while (k < 3000) {
        const es = Array.from({ length: 100 }, (_, i) => {
          const id = uuid();
          const r = obs(`Patient/${p}`, `${mode}${k + i}`, prof);
          return mode === 'PUT uuid'
            ? { resource: { ...r, id }, request: { method: 'PUT', url: `Observation/${id}` } }
            : {
                fullUrl: `urn:uuid:${id}`,
                resource: r,
                request: { method: 'POST', url: 'Observation', ifNoneExist: `identifier=urn:obs|o${mode}${k + i}` },
              };
        });
        const r = await x.call('POST', '', bundle('transaction', es));
        assert.equal(r.s, 200, JSON.stringify(r.j).slice(0, 300));
        k += 100;
      }
      const ms = performance.now() - t;
      console.log(
        `validate=${v} ${mode}: ${((k / ms) * 1000).toFixed(0)} resources/s, ${(ms / (k / 100)).toFixed(0)} ms per 100-entry transaction`,
      );
    }
    const t = performance.now();
    let c = 0,
      next = '/Observation?_lastUpdated=ge2020-01-01T00:00:00Z&_sort=_lastUpdated&_count=200';
    while (next) {
      const r = await x.call('GET', next);
      c += r.j.entry.length;
      next = r.j.link.find((l) => l.relation === 'next')?.url;
    }
    console.log(`  paged download of ${c}: ${(performance.now() - t).toFixed(0)} ms`);
    await x.stop();
  }
console.log(`${n} passed, 0 failed`);
