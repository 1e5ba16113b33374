import { display } from '../../../base/source-text.ts';
import type { ConfigDirective } from '../../../config/config-tree.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { nameIndex } from '../../../model/routes/location-name.ts';
import { reachOf } from '../../../model/routes/reach.ts';
import { matchPath, type Route, sitesOf } from '../../../model/routes/sites.ts';
import { insertInFront, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const known =
  'php,php5,php7,phtml,html,htm,shtml,xhtml,js,mjs,css,json,xml,txt,md,png,jpg,jpeg,gif,svg,ico,webp,avif,woff,woff2,ttf,eot,pdf,zip,gz,mp4,webm,mp3,cgi,pl,py,rb,jsp,asp,aspx,do,action,sql,bak,log,ini,conf,sh,env,git,htaccess';

export const locationRegexUnescapedDot = defineRule({
  id: 'location-regex-unescaped-dot',
  category: 'correctness',
  severity: 'warning',
  summary: "a dot in front of a file name's extension that stands for any character: more paths match than are meant",
  fixable: 'unsafe',
  presets: ['recommended'],
  settings: { extensions: { default: known.split(','), about: 'extensions in front of which a dot is meant' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  needs: ['location'],
  check(context) {
    const extensions = new Set(context.setting<readonly string[]>('extensions'));
    for (const route of sitesOf(context.model).all.flatMap(({ routes }) => routes)) {
      const found = route.kind === 'regex' ? dotIn(route.name, extensions) : undefined;
      if (found) report(route, found, context);
    }
  },
  on: {
    server_name({ directive }, context) {
      for (const index of directive.args.keys()) reportHost(directive, index, context);
    },
  },
});

/** `~^www.shop.example$`: a name in which no dot is escaped, and nothing else makes it an expression. */
function reportHost(directive: ConfigDirective, index: number, { report }: RuleContext): void {
  const [, name = ''] = /^~\*?\^?((?:[\w-]+\.)+[\w-]+)\$?$/.exec(directive.args[index] ?? '') ?? [];
  const span = spanOfArgument(directive, index);
  const start = span.source.text.slice(span.start, span.end).indexOf(name);
  if (name === '' || start < 0) return;
  const part = { source: span.source, start: span.start + start, end: span.start + start + name.length };
  report({
    span,
    message: `the host "${name.replace('.', 'x')}" comes here too: a dot stands for any character`,
    why: 'In a regular expression an unescaped dot is any character at all.',
    help: `write "${name.replaceAll('.', '\\.')}", or the name itself, without "~"`,
    fix: { title: 'escape the dots', safety: 'unsafe', edits: [replace(part, name.replaceAll('.', '\\.'))] },
  });
}

interface Dot {
  /** What follows the dot, to the end. */
  readonly rest: string;
  readonly extension: string;
}

/** A dot that nothing escapes or repeats, and behind it an extension, or several, to the end of the pattern. */
function dotIn(pattern: string, extensions: ReadonlySet<string>): Dot | undefined {
  const [, before = '', rest = '', names = ''] =
    /^(.*?)\.((?:\((?:\?:)?)?([A-Za-z0-9|]+)\)?\$)$/s.exec(pattern) ??
    /^(.*?)\.((?:\((?:\?:)?)?([A-Za-z0-9|]+)\)?\(?(?:\/\|\$)\)?)$/s.exec(pattern) ??
    [];
  const words = names.split('|');
  const isEscaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(before);
  if (rest === '' || isEscaped || /\[[^\]]*$/.test(before) || !words.every((word) => extensions.has(word))) return undefined;
  return { rest, extension: words[0] ?? '' };
}

/** With a path that comes here and has no dot there. */
function report(route: Route, { rest, extension }: Dot, { report }: RuleContext): void {
  const { at, name, site } = route;
  const witness = [`/x${extension}`, `/a/x${extension}`].find((path) => matchPath(site, path).route === route);
  if (reachOf(route).kind === 'never') return;
  const meant = `${name.slice(0, -rest.length - 1)}\\.${rest}`;
  report({
    span: spanOfArgument(at, nameIndex(at)),
    message: witness
      ? `GET ${witness} comes here too: the dot stands for any character`
      : 'the dot in front of the extension stands for any character',
    why: 'An expression finds what it says anywhere in the path, and an unescaped dot is any character at all.',
    help: `write "${display(meant)}"`,
    fix: { title: 'escape the dot', safety: 'unsafe', edits: [insertInFront(at, nameIndex(at), `.${rest}`, '\\')] },
  });
}
