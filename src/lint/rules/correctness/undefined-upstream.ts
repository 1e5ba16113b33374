import { nearest, similarTo } from '../../../base/nearest.ts';
import { bytesOf } from '../../../base/source-text.ts';
import { type Address, inLowerCase, isSingleLabel } from '../../../model/address.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Pass, passNames, type Upstream } from '../../../model/references.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const undefinedUpstream = defineRule({
  id: 'undefined-upstream',
  category: 'correctness',
  severity: 'warning',
  summary: 'requests are passed to a name that no upstream has',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  needs: passNames,
  check(context) {
    for (const pass of context.references.passes) {
      if (pass.upstreams.length > 0 || hasHoleAround(context.model.config, pass.scope)) continue;
      for (const target of pass.targets ?? []) checkTarget(pass, target, context);
    }
  },
});

function checkTarget(pass: Pass, { host, port }: Address, context: RuleContext): void {
  if (port !== '' || !isSingleLabel(host) || host === 'localhost') return;
  const same = context.references.upstreams.filter(({ inStream }) => inStream === pass.inStream);
  const names = same.map(({ name }) => inLowerCase(name)).filter((name) => !differsInDigitsOnly(name, host));
  const [similar] = nearest(similarTo(host, names));
  const meant = same.find(({ name }) => inLowerCase(name) === similar);
  if (meant) reportSlip(pass, host, meant, context);
  else if (context.model.config.closed) reportName(pass, host, context);
}

function reportSlip({ use }: Pass, host: string, { name, use: defined }: Upstream, { report }: RuleContext): void {
  report({
    span: spanOfArgument(use.directive, 0),
    message: `no upstream is called "${host}"`,
    why: 'nginx takes it for the name of a host, looks it up once at start, and does not start when there is none.',
    help: `did you mean "${name}"?`,
    nginx: `host not found in upstream "${host}"`,
    related: [{ message: `"${name}" is defined here`, span: spanOfArgument(defined.directive, 0) }],
    fix: fixFor(use, host, name),
  });
}

function reportName({ use }: Pass, host: string, { report }: RuleContext): void {
  report({
    span: spanOfArgument(use.directive, 0),
    severity: 'info',
    message: `no upstream is called "${host}": the name is looked up once, at start`,
    why: 'When the host is unknown at that moment nginx does not start, and when its address changes later nginx does not notice.',
    help: `define "upstream ${host} { … }", or make sure that the name resolves before nginx starts`,
  });
}

/** web1 and web2 are two servers, not a slip. */
function differsInDigitsOnly(a: string, b: string): boolean {
  return a.replace(/\d+/g, '#') === b.replace(/\d+/g, '#');
}

function fixFor({ directive }: Pass['use'], host: string, name: string) {
  const span = spanOfArgument(directive, 0);
  const text = directive.source.text.slice(span.start, span.end);
  const at = inLowerCase(text).indexOf(bytesOf(host));
  if (at < 0 || text.includes('$')) return undefined;
  const inside = { ...span, start: span.start + at, end: span.start + at + bytesOf(host).length };
  return { title: `pass to "${name}"`, safety: 'unsafe' as const, edits: [replace(inside, name)] };
}
