// Faults to come, and the address by which a test sets them and looks into the peer.
import { control, restoreCfg, cfg, setCfg } from './settings.mjs';
import { auth } from './smart.mjs';
import { pages, searchCache } from './search.mjs';
import { instant, nowMs, references, store } from './store.mjs';

export function pickFault(method, path, raw) {
  for (const f of control.faults) {
    if (
      f.times === 0 ||
      (f.method && f.method !== method) ||
      (f.path && !new RegExp(f.path).test(path)) ||
      (f.bodyContains && !raw.includes(f.bodyContains))
    )
      continue;
    if (f.skip > 0) {
      f.skip--;
      continue;
    }
    f.times--;
    return f;
  }
  return null;
}
function state() {
  const counts = {},
    duplicates = [],
    orphans = [];
  for (const [t, m] of store.types)
    for (const e of m.values()) {
      if (e.deleted) continue;
      counts[t] = (counts[t] ?? 0) + 1;
      for (const [ref, at] of references(e.versions.at(-1))) {
        const x = /^([A-Z][A-Za-z]+)\/([^/]+)$/.exec(ref);
        if (x && !store.live(x[1], x[2])) orphans.push(`${t}/${e.versions.at(-1).id} ${at} -> ${ref}`);
      }
    }
  for (const [k, s] of store.idents) if (s.size > 1) duplicates.push({ identifier: k, ids: [...s] });
  return {
    counts,
    versions: store.log.length,
    duplicates,
    orphans: orphans.slice(0, 50),
    orphanCount: orphans.length,
    served: control.served,
    pending: control.pending,
    faultsLeft: control.faults.filter((f) => f.times !== 0).length,
  };
}
function release() {
  const waiting = control.waiting;
  control.waiting = [];
  for (const go of waiting) go();
  return waiting.length;
}
export function admin(path, method, raw) {
  const body = raw ? JSON.parse(raw) : {};
  switch (`${method} ${path}`) {
    case 'GET /__peer/state':
      return state();
    case 'GET /__peer/config':
      return cfg;
    case 'POST /__peer/config':
      for (const [k, v] of Object.entries(body)) setCfg(k, v);
      return cfg;
    case 'POST /__peer/reset':
      store.reset();
      restoreCfg();
      control.faults = [];
      control.log = [];
      release();
      searchCache.clear();
      pages.clear();
      control.clock = null;
      return { ok: true };
    case 'POST /__peer/fault':
      control.faults.push(...[].concat(body).map((f) => ({ times: 1, skip: 0, ...f })));
      return { faults: control.faults.length };
    case 'DELETE /__peer/fault':
      control.faults = [];
      return { ok: true };
    case 'POST /__peer/release':
      return { released: release() };
    case 'POST /__peer/clock':
      control.clock = body.freezeAt ? Date.parse(body.freezeAt) : null;
      if ('skewMs' in body) cfg.clockSkewMs = body.skewMs;
      return { now: instant(nowMs()) };
    case 'POST /__peer/expire-tokens':
      auth.access.clear();
      return { ok: true };
    case 'GET /__peer/log':
      return control.log;
    case 'GET /__peer/dump':
      return [...store.types.values()].flatMap((m) => [...m.values()].filter((e) => !e.deleted).map((e) => e.versions.at(-1)));
    case 'GET /__peer/history':
      return Object.fromEntries(
        [...store.types].flatMap(([t, m]) =>
          [...m].map(([id, e]) => [`${t}/${id}`, { deleted: !!e.deleted, versions: e.versions.filter((v) => !v.__deleted) }]),
        ),
      );
    default:
      return null;
  }
}
