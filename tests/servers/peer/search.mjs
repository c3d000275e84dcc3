// Search: filters, sorting, paging, _include, and a cache that gives old answers where the preset has one.
import crypto from 'node:crypto';
import * as core from '@medplum/core';
import { fail } from './outcomes.mjs';
import { cfg } from './settings.mjs';
import { store } from './store.mjs';

export function dateRange(text) {
  // FHIR date search value -> [lo, hi) in ms
  const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/.exec(text);
  if (!m) fail(400, 'invalid', `Invalid date in search: ${text}`);
  if (!m[2]) return [Date.UTC(+m[1], 0), Date.UTC(+m[1] + 1, 0)];
  if (!m[3]) return [Date.UTC(+m[1], +m[2] - 1), Date.UTC(+m[1], +m[2])];
  if (!m[4]) {
    const t = Date.UTC(+m[1], +m[2] - 1, +m[3]);
    return [t, t + 86400000];
  }
  const lo = Date.parse(text.replace(/(T\d\d:\d\d)(Z|[+-]|$)/, '$1:00$2') + (m[8] ? '' : 'Z'));
  return [lo, lo + (m[7] ? 10 ** (3 - Math.min(3, m[7].length)) : m[6] ? 1000 : 60000)];
}

export function matches(req) {
  const type = req.resourceType;
  core.validateResourceType(type);
  const filters = req.filters ?? [];
  const rest = [],
    dates = [];
  let ids = null;
  const narrow = (set) => {
    ids = ids ? new Set([...ids].filter((x) => set.has(x))) : set;
  };
  for (const f of filters) {
    if (f.code === '_id' && f.operator === 'eq') narrow(new Set(f.value.split(',')));
    else if (f.code === '_lastUpdated') {
      if (!cfg.lastUpdatedSearch) fail(400, 'not-supported', '_lastUpdated is not supported');
      dates.push([f.operator, dateRange(f.value)]);
    } else if (f.code === 'identifier') {
      if (!cfg.identifierSearch && cfg.unknownParams === 'ignore') continue;
      if (!cfg.identifierSearch) fail(400, 'not-supported', 'identifier is not supported');
      const opts = f.value.split(',');
      if (f.operator === 'eq' && opts.every((o) => /^[^|]+\|[^|]+$/.test(o)))
        narrow(new Set(opts.flatMap((o) => [...(store.idents.get(`${type}:${o}`) ?? [])])));
      else rest.push(f);
    } else {
      const p = core.getSearchParameter(type, f.code);
      if (!p && cfg.unknownParams === 'ignore') continue;
      if (!p) fail(400, 'not-supported', `Unknown search parameter ${f.code} for ${type}`);
      if (p.type !== 'reference' || f.operator !== 'eq') rest.push(f);
      else {
        // `patient=a,b` means Patient/a or Patient/b; elsewhere an id without a type is of any type that the parameter may lead to
        const types = f.code === 'patient' ? ['Patient'] : (p.target ?? []);
        const wanted = f.value.split(',').flatMap((v) => (v.includes('/') ? [v] : types.map((t) => `${t}/${v}`)));
        narrow(new Set(wanted.flatMap((ref) => [...(store.refs.get(`${type}>${ref}`) ?? [])])));
        rest.push({ ...f, value: wanted.join(',') });
      }
    }
  }
  const inDates = (ms) =>
    dates.every(
      ([op, [lo, hi]]) =>
        ({
          ge: ms >= lo,
          gt: ms >= hi,
          sa: ms >= hi,
          le: ms < hi,
          lt: ms < lo,
          eb: ms < lo,
          eq: ms >= lo && ms < hi,
          ne: ms < lo || ms >= hi,
        })[op] ?? fail(400, 'not-supported', `operator ${op}`),
    );
  const out = [];
  const sub = { ...req, filters: rest };
  for (const id of ids ?? store.types.get(type)?.keys() ?? []) {
    const e = store.entry(type, id);
    if (!e || e.deleted) continue;
    if (dates.length && !inDates(Date.parse(e.versions.at(-1).meta.lastUpdated))) continue;
    const r = e.versions.at(-1);
    if (!rest.length || core.matchesSearchRequest(r, sub)) out.push(r);
  }
  const keyOf = (r, code) => {
    if (code === '_lastUpdated') return r.meta.lastUpdated;
    if (code === '_id') return r.id;
    const p = core.getSearchParameter(type, code);
    return p?.expression ? JSON.stringify(core.evalFhirPath(p.expression, r)) : '';
  };
  const rules = req.sortRules ?? [];
  if (rules.length) {
    const keyed = out.map((r) => [rules.map((s) => keyOf(r, s.code)), r]);
    keyed.sort((a, b) => {
      for (let i = 0; i < rules.length; i++)
        if (a[0][i] !== b[0][i]) return (a[0][i] < b[0][i] ? -1 : 1) * (rules[i].descending ? -1 : 1);
      return 0;
    });
    return keyed.map((k) => k[1]);
  }
  return out;
}
export const pages = new Map();
export const searchCache = new Map();
export function searchBundle(req, ctx) {
  const count = Math.min(req.count ?? cfg.pageSize, cfg.maxPage);
  const offset = req.offset ?? 0;
  const internal = ctx.method !== 'GET' && !/_search$/.test(ctx.path ?? '');
  let list,
    made = Date.now();
  const ck = `${ctx.path}?${ctx.query}`;
  const cached =
    !internal && cfg.searchCacheMs && !/no-cache/.test(ctx.headers?.['cache-control'] ?? '') && searchCache.get(ck);
  if (cached && made - cached.made < cfg.searchCacheMs)
    list = cached.list; // a stale answer, as such servers give
  else {
    list = matches(req);
    if (!internal && cfg.searchCacheMs) searchCache.set(ck, { made, list });
  }
  return pageBundle(req, list, offset, count, ctx, internal);
}
export function pageBundle(req, list, offset, count, ctx, internal) {
  const slice = list.slice(offset, offset + count);
  const entry = slice.map((r) => ({
    fullUrl: `${ctx.base}/${r.resourceType}/${r.id}`,
    resource: structuredClone(store.live(r.resourceType, r.id) ?? r),
    search: { mode: 'match' },
  }));
  const seen = new Set(slice.map((r) => `${r.resourceType}/${r.id}`));
  const add = (t, i) => {
    const r = store.live(t, i);
    if (r && !seen.has(`${t}/${i}`)) {
      seen.add(`${t}/${i}`);
      entry.push({ fullUrl: `${ctx.base}/${t}/${i}`, resource: structuredClone(r), search: { mode: 'include' } });
    }
  };
  for (const inc of req.include ?? []) {
    const p = core.getSearchParameter(inc.resourceType, inc.searchParam);
    if (!p) fail(400, 'not-supported', `Unknown include ${inc.searchParam}`);
    for (const r of slice)
      if (r.resourceType === inc.resourceType)
        for (const v of core.evalFhirPath(p.expression, r)) {
          const [t, i] = (v?.reference ?? '').split('/');
          if (i && (!inc.targetType || inc.targetType === t)) add(t, i);
        }
  }
  for (const inc of req.revInclude ?? []) {
    const p = core.getSearchParameter(inc.resourceType, inc.searchParam);
    if (!p) fail(400, 'not-supported', `Unknown revinclude ${inc.searchParam}`);
    for (const e of store.types.get(inc.resourceType)?.values() ?? [])
      if (!e.deleted)
        for (const v of core.evalFhirPath(p.expression, e.versions.at(-1)))
          if (seen.has(v?.reference)) add(inc.resourceType, e.versions.at(-1).id);
  }
  const link = [{ relation: 'self', url: `${ctx.base}/${req.resourceType}${ctx.query ? `?${ctx.query}` : ''}` }];
  if (!internal && offset + count < list.length && count > 0) {
    if (cfg.paging === 'snapshot') {
      const token = ctx.pageToken ?? crypto.randomUUID();
      pages.set(token, { req, list, made: Date.now() });
      link.push({ relation: 'next', url: `${ctx.base}?_getpages=${token}&_getpagesoffset=${offset + count}&_count=${count}` });
    } else {
      const q = new URLSearchParams(ctx.query);
      q.set('_offset', String(offset + count));
      q.set('_count', String(count));
      link.push({ relation: 'next', url: `${ctx.base}/${req.resourceType}?${q}` });
    }
  }
  return {
    resourceType: 'Bundle',
    id: crypto.randomUUID(),
    type: 'searchset',
    ...(internal || req.total === 'accurate' || cfg.paging === 'snapshot' ? { total: list.length } : {}),
    link,
    ...(entry.length ? { entry } : {}),
  };
}
