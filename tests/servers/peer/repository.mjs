// Create, read, update, delete as the router asks for them, by the manners of the preset.
import crypto from 'node:crypto';
import * as core from '@medplum/core';
import { FhirRepository } from '@medplum/fhir-router';
import { validate } from './definitions.mjs';
import { fail } from './outcomes.mjs';
import { matches, searchBundle } from './search.mjs';
import { cfg } from './settings.mjs';
import { historyEntry, instant, nowMs, referrers, store } from './store.mjs';

const closed = (type) => cfg.readOnlyTypes.includes(type) || (cfg.writeTypes && !cfg.writeTypes.includes(type));
const readingKey = (o) => [o.subject?.reference, o.code?.coding?.[0]?.code, o.effectiveDateTime].join('|');
const sameReading = (o) =>
  [...(store.types.get('Observation')?.keys() ?? [])].some((id) => {
    const v = store.live('Observation', id);
    return v && readingKey(v) === readingKey(o);
  });
const sameBody = (a, b) => {
  const strip = (x) => {
    const y = { ...x };
    const { versionId, lastUpdated, ...m } = y.meta ?? {};
    y.meta = m;
    if (!Object.keys(m).length) delete y.meta;
    return core.stringify(y);
  };
  return strip(a) === strip(b);
};

export class Repo extends FhirRepository {
  constructor(ctx) {
    super();
    this.ctx = ctx;
  }
  setMode() {}
  generateId() {
    if (cfg.idStyle === 'seq') return String(++store.seq);
    if (cfg.idStyle === 'opaque') return 'e' + crypto.randomBytes(18).toString('base64url').replace(/_/g, '.');
    return crypto.randomUUID();
  }
  stampAndPut(r, created) {
    const prev = store.live(r.resourceType, r.id);
    const n = store.entry(r.resourceType, r.id)?.versions.length ?? 0;
    if (prev && cfg.noopUpdates && sameBody(prev, r)) {
      this.ctx.noop = true;
      return structuredClone(prev);
    }
    const ms = nowMs(this.ctx.stamp);
    const { versionId, lastUpdated, ...meta } = r.meta ?? {};
    r.meta = { ...meta, versionId: cfg.versionStyle === 'int' ? String(n + 1) : crypto.randomUUID(), lastUpdated: instant(ms) };
    store.push(r.resourceType, r.id, r, ms);
    this.ctx.touched.push(`${r.resourceType}/${r.id}`);
    if (created) this.ctx.created.add(`${r.resourceType}/${r.id}`);
    return structuredClone(r);
  }
  async createResource(resource, options) {
    if (closed(resource?.resourceType)) fail(405, 'not-supported', `Create is not supported for ${resource.resourceType}`);
    const r = structuredClone(resource);
    if (cfg.uniqueCodeTime && r.resourceType === 'Observation' && sameReading(r))
      fail(409, 'duplicate', 'This patient has a reading of this sign at this time');
    if (!options?.assignedId || !r.id) r.id = this.generateId();
    if (!cfg.keepIdentifiers) delete r.identifier; // some records systems keep only their own
    validate(r);
    return this.stampAndPut(r, true);
  }
  async updateResource(resource, options) {
    const r = structuredClone(resource);
    const e = store.entry(r.resourceType, r.id);
    const cur = store.live(r.resourceType, r.id);
    if (closed(r.resourceType) || (cur && !cfg.updates))
      fail(405, 'not-supported', `Update is not supported for ${r.resourceType}`);
    if (!e && !cfg.clientIds)
      fail(
        cfg.clientIdStatus,
        cfg.clientIdStatus === 404 ? 'not-found' : 'not-supported',
        'This server does not let a client assign resource ids',
      );
    if (!e && !cfg.numericClientIds && /^\d+$/.test(r.id))
      fail(400, 'invalid', 'A client-assigned id must contain a non-numeric character');
    if (options?.ifMatch && !(!e && cfg.ifMatchCreates) && cur?.meta.versionId !== options.ifMatch)
      fail(cur ? cfg.conflictStatus : 412, 'conflict', `The version ${options.ifMatch} is not the current one`);
    if (cur && cfg.requireIfMatch && !options?.ifMatch) fail(428, 'business-rule', 'An update must carry If-Match');
    validate(r);
    return this.stampAndPut(r, !cur);
  }
  async patchResource(type, id, ops) {
    if (!cfg.returnBody && cfg.transactions === 'none') fail(405, 'not-supported', 'PATCH is not supported');
    const r = await this.readResource(type, id);
    const { applyPatch } = await import('rfc6902');
    const errs = applyPatch(r, ops).filter(Boolean);
    if (errs.length) fail(422, 'processing', errs.map((e) => e.message).join('; '));
    validate(r);
    return this.stampAndPut(r, false);
  }
  async readResource(type, id) {
    core.validateResourceType(type);
    const e = store.entry(type, id);
    if (!e) throw new core.OperationOutcomeError(core.notFound);
    if (e.deleted) throw new core.OperationOutcomeError(cfg.gone ? core.gone : core.notFound);
    return structuredClone(e.versions.at(-1));
  }
  async readReference(ref) {
    const [t, i] = (ref.reference ?? '').split('/');
    if (!i) fail(400, 'invalid', 'Invalid reference');
    return this.readResource(t, i);
  }
  async readReferences(refs) {
    return Promise.all(refs.map((r) => this.readReference(r).catch((e) => e)));
  }
  async readHistory(type, id, options) {
    if (!cfg.historyInstance) fail(405, 'not-supported', 'History is not supported');
    const e = store.entry(type, id);
    if (!e) throw new core.OperationOutcomeError(core.notFound);
    const all = e.versions.map((v, i) => historyEntry(this.ctx.base, v, i)).reverse();
    const off = options?.offset ?? 0;
    return {
      resourceType: 'Bundle',
      type: 'history',
      total: all.length,
      entry: all.slice(off, off + (options?.limit ?? all.length)),
    };
  }
  async readVersion(type, id, vid) {
    const v = store.entry(type, id)?.versions.find((x) => x.meta.versionId === vid);
    if (!v) throw new core.OperationOutcomeError(core.notFound);
    if (v.__deleted) throw new core.OperationOutcomeError(core.gone);
    return structuredClone(v);
  }
  async deleteResource(type, id) {
    if (!cfg.deletes) fail(405, 'not-supported', 'Delete is not supported');
    if (!store.live(type, id)) {
      if (store.entry(type, id)) return;
      throw new core.OperationOutcomeError(core.notFound);
    }
    if (cfg.referentialIntegrity) {
      const by = referrers(`${type}/${id}`);
      if (by) fail(409, 'conflict', `${type}/${id} is referenced by ${by}`);
    }
    store.push(type, id, null, nowMs(this.ctx.stamp));
  }
  withTransaction(fn) {
    return store.atomic(() => fn(undefined));
  }
  async searchByReference(req, field, refs) {
    const out = {};
    for (const r of refs)
      out[r] = matches({ ...req, filters: [...(req.filters ?? []), { code: field, operator: 'eq', value: r }] });
    return out;
  }
  async search(req) {
    return searchBundle(req, this.ctx);
  }
}
