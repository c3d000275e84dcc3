// What the peer was started with, what its preset says, and what a test turns while it runs.
import { parseArgs } from 'node:util';

export const { values: argv } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    preset: { type: 'string', default: 'hapi' },
    set: { type: 'string', multiple: true, default: [] }, // --set key=JSON
    validate: { type: 'string', default: 'base' }, // none | base | profile
    'profile-dir': { type: 'string', multiple: true, default: [] }, // *.json StructureDefinitions with snapshots
    data: { type: 'string' }, // append-only NDJSON journal, reloaded at start
    auth: { type: 'string', default: 'off' }, // off | on
    'client-jwks': { type: 'string' }, // JWKS file of the backend client's public keys
    'client-id': { type: 'string', default: 'maroom' },
    'token-ttl': { type: 'string', default: '300' },
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
    'until-stdin-ends': { type: 'boolean', default: false }, // ends when whoever started it is gone
  },
});

// The manners of a server. A preset changes some; so do --set at the start and POST config while it runs.
const COMMON = {
  clientIds: true, // a PUT of an id that is not there creates; otherwise clientIdStatus
  clientIdStatus: 405,
  numericClientIds: true, // such an id may be all digits
  idStyle: 'uuid', // uuid | seq | opaque
  versionStyle: 'uuid', // uuid | int
  conflictStatus: 412, // to a stale If-Match
  requireIfMatch: false, // an update without If-Match gets 428
  conditionalCreate: 'support', // support | ignore | reject
  transactions: 'native', // native (router limits 50 PUT / 8 conditional) | atomic (no entry limits) | none
  batches: true,
  maxBundle: 1000, // entries; more gets 413
  historyInstance: true,
  historyType: false, // history of types and of the system
  deletes: true,
  gone: true, // a read of what was deleted gets 410, else 404
  deleteStatus: 200,
  referentialIntegrity: false, // a reference to what is not there gets 400
  returnBody: true, // a write is answered with the resource
  bundleResources: true, // so are the entries of a bundle
  noopUpdates: false, // an update that changes nothing makes no version
  paging: 'snapshot', // snapshot | offset
  pageSize: 20,
  maxPage: 1000,
  pageTtlMs: 3600000, // a next link older than that gets 410
  searchCacheMs: 0, // a search repeated within it gets the old answer, unless it says no-cache
  lastUpdatedSearch: true,
  identifierSearch: true,
  precision: 'ms', // ms | s, of lastUpdated
  clockSkewMs: 0,
  profileStrict: true, // a meta.profile that is not known here is refused
  requiredBindings: true, // codes of required bindings are checked
  keepIdentifiers: true, // identifiers sent by a client are kept
  readOnlyTypes: [], // types that no client may write
  writeTypes: null, // the only types that a client may write, or null for all
  updates: true, // what is there may be changed
  uniqueCodeTime: false, // two equal signs of a patient at one time get 409
  statusInvalid: 400, // to a resource that fails validation
  ifMatchCreates: false, // an update with If-Match of an unknown id creates
  unquotedIfMatch: false, // If-Match may lack its quotes
  bareBundleEtag: false, // etags in bundles have neither W/ nor quotes
  indexedOutcomes: true, // an outcome of a transaction names the entry
  notModified: false, // If-None-Match is answered with 304
  unknownParams: 'reject', // reject | ignore: a search by a parameter not known answers with everything
};

const PRESETS = {
  hapi: {
    idStyle: 'seq',
    versionStyle: 'int',
    conflictStatus: 409,
    transactions: 'atomic',
    historyType: true,
    referentialIntegrity: true,
    numericClientIds: false,
    bundleResources: false,
    noopUpdates: true,
    searchCacheMs: 60000,
    statusInvalid: 422,
    ifMatchCreates: true,
    unquotedIfMatch: true,
    bareBundleEtag: true,
    indexedOutcomes: false,
    notModified: true,
  },
  medplum: { clientIds: false, clientIdStatus: 404, paging: 'offset' },
  azure: { versionStyle: 'int', transactions: 'atomic', maxBundle: 500, historyType: true, pageSize: 10 },
  ehr: {
    clientIds: false,
    clientIdStatus: 405,
    idStyle: 'opaque',
    versionStyle: 'int',
    requireIfMatch: true,
    conditionalCreate: 'ignore',
    transactions: 'none',
    batches: false,
    historyInstance: false,
    deletes: false,
    returnBody: false,
    paging: 'offset',
    precision: 's',
    readOnlyTypes: ['Patient', 'Practitioner', 'Organization', 'Location', 'Appointment'],
    statusInvalid: 422,
  },
  lenient: {},
};
if (!PRESETS[argv.preset]) {
  console.error(`unknown preset ${argv.preset}; one of ${Object.keys(PRESETS)}`);
  process.exit(2);
}
export const cfg = { ...COMMON, ...PRESETS[argv.preset] };
export const setCfg = (k, v) => {
  if (!(k in COMMON)) throw new Error(`unknown setting ${k}`);
  cfg[k] = v;
};
for (const kv of argv.set) {
  const i = kv.indexOf('=');
  let v = kv.slice(i + 1);
  try {
    v = JSON.parse(v);
  } catch {
    /* a bare word */
  }
  setCfg(kv.slice(0, i), v);
}
const started = { ...cfg };
export const restoreCfg = () => Object.assign(cfg, started);

// What a test turns while the peer runs: a frozen clock (ms), faults to come, and the log of requests.
export const control = { clock: null, faults: [], log: [], served: 0, pending: 0, waiting: [] };
control.released = () => new Promise((go) => control.waiting.push(go));
