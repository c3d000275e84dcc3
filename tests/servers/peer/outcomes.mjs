// OperationOutcomes. Their id carries the HTTP status until they are sent.
import * as core from '@medplum/core';

export const outcome = (status, code, text, expression) => ({
  resourceType: 'OperationOutcome',
  id: `peer-${status}`,
  issue: [{ severity: 'error', code, details: { text }, diagnostics: text, ...(expression ? { expression } : {}) }],
});
export const statusOf = (oo) => {
  const m = /^peer-(\d+)$/.exec(oo.id ?? '');
  return m ? Number(m[1]) : core.getStatus(oo);
};
export const fail = (...a) => {
  throw new core.OperationOutcomeError(outcome(...a));
};
export const clean = (oo) => {
  const o = structuredClone(oo);
  if (/^peer-/.test(o.id ?? '')) delete o.id;
  return o;
};
