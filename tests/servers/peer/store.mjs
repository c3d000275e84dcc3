// All versions of all resources, in memory: atomic with an undo log, journalled to a file where one is given.
import fs from 'node:fs';
import { argv, cfg, control } from './settings.mjs';
import { fail } from './outcomes.mjs';

export const nowMs = (stamp) => stamp ?? control.clock ?? Date.now() + cfg.clockSkewMs;
export const instant = (ms) =>
  cfg.precision === 's'
    ? new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
    : new Date(ms).toISOString();

const identKeys = (r) =>
  (Array.isArray(r?.identifier) ? r.identifier : r?.identifier ? [r.identifier] : [])
    .filter((i) => i.system && i.value)
    .map((i) => `${i.system}|${i.value}`);

class Store {
  types = new Map();
  idents = new Map();
  refs = new Map();
  log = [];
  seq = 1000;
  undo = null;
  journal = argv.data ? fs.openSync(argv.data, 'a+') : null;
  pending = [];
  map(type) {
    let m = this.types.get(type);
    if (!m) this.types.set(type, (m = new Map()));
    return m;
  }
  entry(type, id) {
    return this.types.get(type)?.get(id);
  }
  live(type, id) {
    const e = this.entry(type, id);
    return e && !e.deleted ? e.versions.at(-1) : undefined;
  }
  index(r, add) {
    for (const k of identKeys(r)) {
      const key = `${r.resourceType}:${k}`;
      let s = this.idents.get(key);
      if (!s) this.idents.set(key, (s = new Set()));
      add ? s.add(r.id) : s.delete(r.id);
    }
    for (const [ref] of references(r)) {
      const key = `${r.resourceType}>${ref}`;
      let s = this.refs.get(key);
      if (!s) this.refs.set(key, (s = new Set()));
      add ? s.add(r.id) : s.delete(r.id);
    }
  }
  push(type, id, resource, ms, isReplay) {
    const m = this.map(type);
    let e = m.get(id);
    const fresh = !e;
    const before = e && { deleted: e.deleted, n: e.versions.length };
    if (fresh) m.set(id, (e = { versions: [], deleted: false }));
    const prev = e.deleted ? undefined : e.versions.at(-1);
    if (prev) this.index(prev, false);
    e.versions.push(
      resource ?? {
        resourceType: type,
        id,
        meta: { versionId: String(e.versions.length + 1), lastUpdated: instant(ms) },
        __deleted: true,
      },
    );
    e.deleted = !resource;
    e.ms = ms;
    if (resource) this.index(resource, true);
    const rec = { n: this.log.length, type, id, v: e.versions.length - 1, ms };
    this.log.push(rec);
    if (!isReplay) this.pending.push({ type, id, ms, resource: resource ?? null });
    this.undo?.push(() => {
      this.log.pop();
      this.pending.pop();
      if (resource) this.index(resource, false);
      e.versions.pop();
      if (fresh) m.delete(id);
      else {
        e.deleted = before.deleted;
        if (prev) this.index(prev, true);
      }
    });
  }
  commit() {
    if (this.journal !== null && this.pending.length) {
      fs.writeSync(this.journal, JSON.stringify(this.pending) + '\n');
      fs.fsyncSync(this.journal);
    }
    this.pending = [];
  }
  async atomic(fn) {
    if (this.undo) return fn();
    this.undo = [];
    try {
      const r = await fn();
      this.undo = null;
      this.commit();
      return r;
    } catch (e) {
      const u = this.undo;
      this.undo = null;
      for (const f of u.reverse()) f();
      this.pending = [];
      throw e;
    }
  }
  load() {
    if (this.journal === null) return;
    for (const line of fs.readFileSync(argv.data, 'utf8').split('\n')) {
      if (!line) continue;
      let recs;
      try {
        recs = JSON.parse(line);
      } catch {
        break;
      } // a torn last line was never acknowledged
      for (const c of recs) {
        this.push(c.type, c.id, c.resource, c.ms, true);
        if (/^\d+$/.test(c.id)) this.seq = Math.max(this.seq, Number(c.id));
      }
    }
  }
  reset() {
    this.types.clear();
    this.idents.clear();
    this.refs.clear();
    this.log = [];
    this.seq = 1000;
    if (this.journal !== null) fs.ftruncateSync(this.journal);
  }
}
export const store = new Store();
store.load();

export function historyEntry(base, v, i) {
  const del = v.__deleted;
  return {
    fullUrl: `${base}/${v.resourceType}/${v.id}`,
    ...(del ? {} : { resource: structuredClone(v) }),
    request: { method: del ? 'DELETE' : i === 0 ? 'POST' : 'PUT', url: `${v.resourceType}/${v.id}` },
    response: {
      status: del ? '204' : i === 0 ? '201' : '200',
      etag: `W/"${v.meta.versionId}"`,
      lastModified: v.meta.lastUpdated,
    },
  };
}
export function* references(o, path = '') {
  if (o && typeof o === 'object')
    for (const [k, v] of Object.entries(o)) {
      if (k === 'reference' && typeof v === 'string') yield [v, path];
      else yield* references(v, path ? `${path}.${k}` : k);
    }
}
export function referrers(target) {
  for (const m of store.types.values())
    for (const e of m.values())
      if (!e.deleted)
        for (const [ref] of references(e.versions.at(-1)))
          if (ref === target) return `${e.versions.at(-1).resourceType}/${e.versions.at(-1).id}`;
  return undefined;
}
export function checkReferences(touched) {
  for (const t of new Set(touched)) {
    const [type, id] = t.split('/');
    const r = store.live(type, id);
    if (!r) continue;
    for (const [ref, at] of references(r)) {
      if (ref.startsWith('urn:')) fail(400, 'invalid', `Unresolved placeholder ${ref} at ${type}.${at}`);
      const m = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(\/_history\/.+)?$/.exec(ref);
      if (m && cfg.referentialIntegrity && !store.live(m[1], m[2]))
        fail(400, 'processing', `Resource ${ref} not found, specified in path: ${type}.${at}`);
    }
  }
}
