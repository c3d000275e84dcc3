#!/usr/bin/env node
// A FHIR R4 server for tests. REST routing, bundle processing, conditional operations, search matching and structural
// validation are Medplum's published packages; ours are the store (atomic, with history), HTTP, manners of server families,
// SMART endpoints and faults. Loopback only. Prints one JSON line {"event":"listening","base":...} when it is ready.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import zlib from 'node:zlib';
import { admin, pickFault } from './admin.mjs';
import { profiles } from './definitions.mjs';
import { fhir } from './fhir.mjs';
import { clean, outcome, statusOf } from './outcomes.mjs';
import { argv, cfg, control } from './settings.mjs';
import { auth, authRoute } from './smart.mjs';
import { nowMs } from './store.mjs';

let chain = Promise.resolve();
const exclusive = (fn) => {
  const p = chain.then(fn, fn);
  chain = p.catch(() => {});
  return p;
};
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const scheme = argv['tls-cert'] ? 'https' : 'http';

// What is said back, and the line about it in the log of requests.
function replyTo(req, res, url) {
  const started = Date.now();
  const send = (status, said, headers = {}, cut = false) => {
    const text = said === null || said === undefined ? '' : typeof said === 'string' ? said : JSON.stringify(said);
    const out = Buffer.from(text);
    if (res.destroyed || res.writableEnded) return;
    const type = text ? { 'content-type': 'application/fhir+json; charset=utf-8' } : {};
    res.writeHead(status, { ...type, 'content-length': out.length, 'x-request-id': String(control.served), ...headers });
    if (!cut) return res.end(out);
    res.write(out.subarray(0, Math.floor(out.length / 2)), () => setTimeout(() => req.socket.destroy(), 20));
  };
  const note = (status, extra = {}) => {
    control.log.push({
      n: ++control.served,
      at: new Date().toISOString(),
      method: req.method,
      path: url.pathname + url.search,
      ifMatch: req.headers['if-match'],
      ifNoneExist: req.headers['if-none-exist'],
      status,
      ms: Date.now() - started,
      ...extra,
    });
    if (control.log.length > 5000) control.log = control.log.slice(-4000);
  };
  return {
    send,
    note,
    refuse: (status, code, text, headers) => (note(status), send(status, clean(outcome(status, code, text)), headers)),
  };
}

function administer(req, url, raw, { send }) {
  const json = { 'content-type': 'application/json' };
  try {
    const r = admin(url.pathname, req.method, raw);
    send(r === null ? 404 : 200, r ?? { error: 'no such command' }, json);
  } catch (e) {
    send(400, { error: String(e) }, json);
  }
}

// Faults that answer, or do not, before anything is done. True: that was all.
function fails(f, req, { send, note }) {
  switch (f?.action) {
    case 'drop':
      note(0, { fault: 'drop' });
      req.socket.destroy();
      return true;
    case 'hang':
      note(0, { fault: 'hang' });
      return true;
    case 'status':
      note(f.status, { fault: 'status' });
      send(f.status, f.body ?? clean(outcome(f.status, 'transient', `Injected ${f.status}`)), f.headers ?? {});
      return true;
    case 'portal':
      note(200, { fault: 'portal' });
      send(200, '<html><body>Sign in to the guest network</body></html>', { 'content-type': 'text/html' });
      return true;
  }
  return false;
}

function unauthorized(req, url) {
  if (argv.auth !== 'on' || url.pathname.endsWith('/metadata')) return null;
  const until = auth.access.get(/^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1]);
  if (until && until >= Date.now()) return null;
  return until ? 'The access token has expired' : 'A valid access token is needed';
}

// The condition of a racing create was judged when it arrived; it is carried out without it.
function withoutConditions(req, raw) {
  delete req.headers['if-none-exist'];
  try {
    const bundle = JSON.parse(raw);
    for (const e of bundle.entry ?? []) delete e.request?.ifNoneExist;
    return JSON.stringify(bundle);
  } catch {
    return raw; // not JSON
  }
}

async function bodyOf(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  const packed = Buffer.concat(chunks);
  return (req.headers['content-encoding'] === 'gzip' ? zlib.gunzipSync(packed) : packed).toString('utf8');
}

async function onRequest(req, res) {
  let raw = await bodyOf(req);
  const origin = `${scheme}://${req.headers.host ?? `127.0.0.1:${server.address().port}`}`;
  const url = new URL(req.url, origin);
  const reply = replyTo(req, res, url);
  if (url.pathname.startsWith('/__peer/')) return administer(req, url, raw, reply);
  const f = pickFault(req.method, url.pathname + url.search, raw);
  if (fails(f, req, reply)) return;
  if (f?.action === 'delay') await sleep(f.delayMs ?? 1000);
  if (url.pathname.startsWith('/auth/') || url.pathname.includes('/.well-known/')) {
    const [status, body, headers] = authRoute(url, req.method, new URLSearchParams(raw), origin);
    reply.note(status);
    return reply.send(status, body, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  }
  if (!url.pathname.startsWith('/fhir')) return reply.refuse(404, 'not-found', 'No such path');
  const why = unauthorized(req, url);
  if (why) return reply.refuse(401, 'login', why, { 'www-authenticate': 'Bearer error="invalid_token"' });
  const stamp = f?.action === 'late' ? nowMs() : undefined; // stamped now, visible only after the delay
  if (['zombie', 'late', 'race'].includes(f?.action)) await (f.delayMs === 'released' ? control.released() : sleep(f.delayMs ?? 1000));
  if (f?.action === 'race') raw = withoutConditions(req, raw);
  const base = `${origin}/fhir`;
  answer(req, f, base, await exclusive(() => fhir(req.method, url, req.headers, raw, base, stamp)), reply);
}

// How many requests of FHIR are not through yet, whether or not somebody still waits for them.
async function counted(req, res) {
  if (req.url.startsWith('/__peer/')) return onRequest(req, res);
  control.pending++;
  try {
    await onRequest(req, res);
  } finally {
    control.pending--;
  }
}

function answer(req, f, base, { oo, res: out, ctx }, { send, note }) {
  const writes = ['POST', 'PUT', 'PATCH'].includes(req.method);
  const headers = headersOf(out, req, base);
  const status = finalStatus(req, statusOf(oo), out?.id && ctx.created.has(`${out.resourceType}/${out.id}`), headers);
  const minimal = writes && out?.resourceType !== 'Bundle' && status < 300;
  const bare = minimal && (!cfg.returnBody || /return=minimal/.test(req.headers.prefer ?? ''));
  const entries = out?.resourceType === 'Bundle' ? (out.entry?.length ?? 0) : undefined;
  note(status, { entries, ...(f ? { fault: f.action } : {}) });
  if (f?.action === 'lose') return req.socket.destroy();
  const empty = bare || status === 204 || status === 304;
  send(status, empty ? null : status >= 400 || !out ? clean(oo) : out, headers, f?.action === 'truncate');
}

function headersOf(out, req, base) {
  if (!out?.meta?.versionId || out.resourceType === 'Bundle') return {};
  const headers = { etag: `W/"${out.meta.versionId}"`, 'last-modified': new Date(out.meta.lastUpdated).toUTCString() };
  if (req.method === 'POST' || req.method === 'PUT')
    headers.location = `${base}/${out.resourceType}/${out.id}/_history/${out.meta.versionId}`;
  return headers;
}

function finalStatus(req, status, made, { etag }) {
  if (status !== 200) return status;
  if (req.method === 'PUT' && made) return 201;
  if (req.method === 'DELETE') return cfg.deleteStatus;
  return cfg.notModified && req.method === 'GET' && etag && req.headers['if-none-match'] === etag ? 304 : 200;
}

const handler = (req, res) => {
  counted(req, res).catch((e) => {
    if (!res.headersSent) {
      res.writeHead(500);
    }
    res.end(String(e?.stack ?? e));
  });
};
const server = argv['tls-cert']
  ? https.createServer({ cert: fs.readFileSync(argv['tls-cert']), key: fs.readFileSync(argv['tls-key']) }, handler)
  : http.createServer(handler);
server.keepAliveTimeout = 5000;
server.listen(Number(argv.port), '127.0.0.1', () =>
  console.log(
    JSON.stringify({
      event: 'listening',
      base: `${scheme}://127.0.0.1:${server.address().port}/fhir`,
      admin: `${scheme}://127.0.0.1:${server.address().port}/__peer`,
      preset: argv.preset,
      validate: argv.validate,
      profiles: profiles.size,
    }),
  ),
);
if (argv['until-stdin-ends']) process.stdin.on('end', () => process.exit(0)).resume();
for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => process.exit(0));
