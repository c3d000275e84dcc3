// One FHIR request, from its parts to an outcome and a resource.
import * as core from '@medplum/core';
import { handleBundle, router } from './bundles.mjs';
import { outcome } from './outcomes.mjs';
import { Repo } from './repository.mjs';
import { dateRange, matches, pageBundle, pages } from './search.mjs';
import { argv, cfg } from './settings.mjs';
import { checkReferences, historyEntry, store } from './store.mjs';

function capability(base) {
  const types = Object.keys(core.globalSchema.types).filter(
    (t) => core.isResourceType?.(t) ?? core.globalSchema.types[t].searchParams,
  );
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-01-01',
    kind: 'instance',
    software: { name: `fhir-peer (${argv.preset})` },
    implementation: { description: 'test peer', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        resource: types.map((type) => ({
          type,
          versioning: cfg.requireIfMatch ? 'versioned-update' : 'versioned',
          readHistory: cfg.historyInstance,
          updateCreate: cfg.clientIds,
          conditionalCreate: cfg.conditionalCreate === 'support',
          conditionalUpdate: true,
          interaction: [
            { code: 'read' },
            { code: 'search-type' },
            ...(cfg.readOnlyTypes.includes(type) ? [] : [{ code: 'create' }, { code: 'update' }]),
            ...(cfg.deletes ? [{ code: 'delete' }] : []),
            ...(cfg.historyInstance ? [{ code: 'history-instance' }] : []),
            ...(cfg.historyType ? [{ code: 'history-type' }] : []),
          ],
        })),
        interaction: [
          ...(cfg.transactions !== 'none' ? [{ code: 'transaction' }] : []),
          ...(cfg.batches ? [{ code: 'batch' }] : []),
          ...(cfg.historyType ? [{ code: 'history-system' }] : []),
        ],
      },
    ],
  };
}

export async function fhir(method, url, headers, raw, base, stamp) {
  const path = url.pathname.replace(/^\/fhir\/?/, '').replace(/\/$/, '');
  const query = url.search.slice(1);
  const ctx = { base, method, path, query, headers, stamp, touched: [], created: new Set() };
  const repo = new Repo(ctx);
  let body;
  if (raw) {
    if (/x-www-form-urlencoded/.test(headers['content-type'] ?? '')) body = Object.fromEntries(new URLSearchParams(raw));
    else
      try {
        body = JSON.parse(raw);
      } catch {
        return { oo: outcome(400, 'structure', 'The body is not JSON'), ctx };
      }
  }
  try {
    if (method === 'GET' && path === 'metadata') return { oo: core.allOk, res: capability(base), ctx };
    if (method === 'GET' && path === '' && url.searchParams.get('_getpages')) {
      const t = url.searchParams.get('_getpages');
      const pg = pages.get(t);
      if (!pg || Date.now() - pg.made > cfg.pageTtlMs) return { oo: outcome(410, 'not-found', 'The search has expired'), ctx };
      ctx.pageToken = t;
      ctx.query = query;
      return {
        oo: core.allOk,
        res: pageBundle(
          pg.req,
          pg.list,
          Number(url.searchParams.get('_getpagesoffset')),
          Math.min(Number(url.searchParams.get('_count') ?? cfg.pageSize), cfg.maxPage),
          ctx,
          false,
        ),
        ctx,
      };
    }
    const h = /^(?:([A-Z][A-Za-z]+)\/)?_history$/.exec(path);
    if (method === 'GET' && h) {
      if (!cfg.historyType) return { oo: outcome(405, 'not-supported', 'Type and system history are not supported'), ctx };
      const since = url.searchParams.get('_since');
      const lo = since ? dateRange(since)[0] : -Infinity;
      const n = Math.min(Number(url.searchParams.get('_count') ?? cfg.pageSize), cfg.maxPage),
        off = Number(url.searchParams.get('_offset') ?? 0);
      const recs = store.log.filter((r) => r.ms >= lo && (!h[1] || r.type === h[1])).reverse();
      const q = new URLSearchParams(query);
      q.set('_offset', String(off + n));
      return {
        oo: core.allOk,
        res: {
          resourceType: 'Bundle',
          type: 'history',
          total: recs.length,
          link: [
            { relation: 'self', url: `${base}/${path}?${query}` },
            ...(off + n < recs.length ? [{ relation: 'next', url: `${base}/${path}?${q}` }] : []),
          ],
          entry: recs.slice(off, off + n).map((r) => historyEntry(base, store.entry(r.type, r.id).versions[r.v], r.v)),
        },
        ctx,
      };
    }
    if (method === 'POST' && path === '') {
      const [oo, res] = await handleBundle(body, ctx, repo, headers);
      return { oo, res, ctx };
    }
    if (url.searchParams.get('_summary') === 'count' && method === 'GET') {
      const list = matches(core.parseSearchRequest(`${path}?${query.replace(/_summary=count&?/, '')}`));
      return { oo: core.allOk, res: { resourceType: 'Bundle', type: 'searchset', total: list.length }, ctx };
    }
    const hd = { ...headers };
    if (hd['if-none-exist'] && cfg.conditionalCreate !== 'support') {
      if (cfg.conditionalCreate === 'reject')
        return { oo: outcome(412, 'not-supported', 'Conditional create is not supported'), ctx };
      delete hd['if-none-exist'];
    }
    if (hd['if-match'] && !/"/.test(hd['if-match']) && cfg.unquotedIfMatch) hd['if-match'] = `W/"${hd['if-match']}"`;
    if (hd['if-match'] && !/"/.test(hd['if-match']))
      return { oo: outcome(400, 'invalid', 'If-Match must be a quoted entity tag'), ctx };
    const r = await store.atomic(async () => {
      const [oo, res] = await router.handleRequest(
        { method, url: path + url.search, pathname: '', params: {}, query: {}, headers: hd, body, config: {} },
        repo,
      );
      if (!core.isOk(oo)) throw new core.OperationOutcomeError(oo);
      checkReferences(ctx.touched);
      return [oo, res];
    });
    return { oo: r[0], res: r[1], ctx };
  } catch (e) {
    if (e instanceof core.OperationOutcomeError) return { oo: e.outcome, ctx };
    return { oo: outcome(500, 'exception', String(e?.message ?? e)), ctx };
  }
}
