import { spanOfHead, spanOfName } from '../../../model/place.ts';
import { type Use, usesNamed } from '../../../model/scope.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { affects, features, type Vulnerability, vulnerabilities } from '../../vulnerabilities.ts';

/** Something the configuration uses (undefined for what every one does), and the holes in it. */
interface Hole {
  readonly use: Use | undefined;
  readonly name: string;
  readonly found: readonly Vulnerability[];
}

export const knownCve = defineRule({
  id: 'known-cve',
  category: 'security',
  severity: 'warning',
  summary: 'the configuration uses what has a known hole in this release of nginx',
  fixable: false,
  presets: ['recommended', 'security'],
  settings: { ignoreCves: { default: [], about: 'holes that your package has repaired, such as CVE-2024-7347' } },
  references: ['https://nginx.org/en/security_advisories.html'],
  check(context) {
    const { flavor, nginxVersion } = context.options;
    if (flavor !== undefined && flavor !== 'oss') return;
    const holes = holesIn(context);
    if (nginxVersion !== undefined) for (const hole of holes) report(hole, nginxVersion, context);
    else reportUnsure(holes, context);
  },
});

function holesIn(context: RuleContext): readonly Hole[] {
  const { oldest, newest } = releasesOf(context.options);
  const ignored = new Set(context.setting<readonly string[]>('ignoreCves'));
  const open = vulnerabilities.filter((one) => !ignored.has(one.cve) && affects(one, oldest, newest));
  const used = usesOf([...new Set(open.map(({ feature }) => feature))], context);
  const withFeature = [...used].map(([key, use]) => ({
    use,
    name: features[key]?.name ?? '',
    found: open.filter(({ feature }) => feature === key),
  }));
  const always = open.filter(({ feature }) => feature === '');
  return always.length === 0 ? withFeature : [...withFeature, { use: undefined, name: 'every configuration', found: always }];
}

/** The first use of each feature. */
function usesOf(wanted: readonly string[], { model }: RuleContext): ReadonlyMap<string, Use> {
  const byDirective = new Map<string, string[]>();
  for (const key of wanted)
    for (const name of features[key]?.directives ?? []) byDirective.set(name, [...(byDirective.get(name) ?? []), key]);
  const found = new Map<string, Use>();
  for (const use of usesNamed(model.root, byDirective.keys()))
    for (const key of byDirective.get(use.directive.name) ?? [])
      if (!found.has(key) && (features[key]?.when?.(use) ?? true)) found.set(key, use);
  return found;
}

function report({ use, name, found }: Hole, version: string, { model, report }: RuleContext): void {
  const first = use?.directive ?? model.root.uses[0]?.directive;
  if (!first) return;
  report({
    span: use ? spanOfHead(first) : spanOfName(first),
    message: `nginx ${version} has known holes in ${name}: ${cvesOf(found)}`,
    why: `${use ? 'This configuration uses it. ' : ''}The list is that of nginx.org.`,
    help: `run ${fixesOf(found)} or newer; holes that your package has repaired are named by the setting ignoreCves`,
  });
}

/** Which release it is is not known: one finding, an info, for all that is used. */
function reportUnsure(holes: readonly Hole[], { report }: RuleContext): void {
  const used = holes.flatMap(({ use, ...hole }) => (use ? [{ ...hole, directive: use.directive }] : []));
  const [first] = used;
  if (!first) return;
  report({
    span: spanOfHead(first.directive),
    severity: 'info',
    message: `releases of nginx still in use have known holes in what is used here: ${used.map(({ name }) => name).join(', ')}`,
    why: `Which release runs here is not known. ${used.map(({ name, found }) => `In ${name}: ${cvesOf(found)}`).join('. ')}.`,
    help: `name the release with --nginx-version; repaired are ${fixesOf(used.flatMap(({ found }) => found))} and newer`,
    related: used.slice(1).map(({ directive, name }) => ({ message: `uses ${name}`, span: spanOfHead(directive) })),
  });
}

function cvesOf(found: readonly Vulnerability[]): string {
  return found.map(({ cve }) => cve).join(', ');
}

/** The releases with all repairs: those of the hole that was repaired last. */
function fixesOf(found: readonly Vulnerability[]): string {
  return (found[0]?.fixed ?? []).join(' or ');
}
