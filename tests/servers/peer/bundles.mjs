// Batches and transactions.
import * as core from '@medplum/core';
import { FhirRouter } from '@medplum/fhir-router';
import { clean, outcome, statusOf } from './outcomes.mjs';
import { cfg } from './settings.mjs';
import { checkReferences, store } from './store.mjs';

export const router = new FhirRouter();
export async function handleBundle(body, ctx, repo, headers) {
  if (body?.resourceType !== 'Bundle') return [outcome(400, 'invalid', 'Not a Bundle')];
  const tx = body.type === 'transaction';
  if (tx ? cfg.transactions === 'none' : !cfg.batches)
    return [outcome(405, 'not-supported', `A ${body.type} Bundle is not supported`)];
  if ((body.entry?.length ?? 0) > cfg.maxBundle) return [outcome(413, 'too-costly', `More than ${cfg.maxBundle} entries`)];
  for (const e of body.entry ?? [])
    if (e.request?.ifNoneExist) {
      if (cfg.conditionalCreate === 'ignore') delete e.request.ifNoneExist;
      else if (cfg.conditionalCreate === 'reject')
        return [outcome(412, 'not-supported', 'Conditional create is not supported')];
    }
  if (tx && cfg.transactions === 'atomic') {
    const seen = new Set();
    for (const e of body.entry ?? [])
      if (e.request?.method === 'PUT') {
        if (seen.has(e.request.url)) return [outcome(400, 'invalid', `Transaction contains ${e.request.url} twice`)];
        seen.add(e.request.url);
      }
  }
  const run = async () => {
    const native = tx && cfg.transactions === 'native';
    const [oo, res] = await router.handleRequest(
      { method: 'POST', url: '', pathname: '', params: {}, query: {}, headers, body, config: { transactions: native } },
      repo,
    );
    if (tx && !core.isOk(oo)) throw new core.OperationOutcomeError(oo);
    for (const [i, e] of (res?.entry ?? []).entries()) {
      const r = e.response;
      const st = r?.outcome ? statusOf(r.outcome) : Number(r?.status);
      if (tx && st >= 400) {
        const o = clean(r.outcome);
        o.id = `peer-${st}`;
        for (const x of o.issue) {
          if (cfg.indexedOutcomes) x.expression = [`Bundle.entry[${i}]`, ...(x.expression ?? [])];
          else delete x.expression;
        }
        throw new core.OperationOutcomeError(o);
      }
      if (!r) continue;
      const key = e.resource?.id ? `${e.resource.resourceType}/${e.resource.id}` : undefined;
      const made = key && ctx.created.has(key);
      r.status =
        String(st < 300 && body.entry[i].request.method === 'PUT' && made ? 201 : st) +
        (st < 300 ? (made ? ' Created' : ' OK') : '');
      if (key && e.resource.meta) {
        r.location = `${key}/_history/${e.resource.meta.versionId}`;
        r.etag = cfg.bareBundleEtag ? e.resource.meta.versionId : `W/"${e.resource.meta.versionId}"`;
        r.lastModified = e.resource.meta.lastUpdated;
        if (!cfg.bundleResources && body.entry[i].request.method !== 'GET') delete e.resource;
      }
      if (r.outcome) r.outcome = clean(r.outcome);
    }
    checkReferences(ctx.touched);
    return [oo, res];
  };
  if (!tx) {
    const r = await run();
    store.commit();
    return r;
  }
  return store.atomic(run);
}
