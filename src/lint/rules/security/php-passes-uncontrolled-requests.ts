import { isInternal } from '../../../model/access.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import { effective, type Scope, type Use, usesIn } from '../../../model/scope.ts';
import { languageOf, textBetween } from '../../../regex/language.ts';
import { insertBefore } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const check = 'try_files $uri =404;';
/** A path below a file of any name. */
const belowAFile = languageOf('^/uploads/photo\\.jpg/[a-z]+\\.php\\z');

export const phpPassesUncontrolledRequests = defineRule({
  id: 'php-passes-uncontrolled-requests',
  category: 'security',
  severity: 'warning',
  summary: 'PHP is asked to run scripts that do not exist, and may find an uploaded file instead',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_split_path_info',
    'https://www.php.net/manual/en/ini.core.php#ini.cgi.fix-pathinfo',
  ],
  on: { fastcgi_pass: look },
});

function look({ directive, scope }: Use, { report }: RuleContext): void {
  const location = scope.directive;
  if (location?.name !== 'location' || isInternal(scope) || !belowAFile) return;
  const { kind, name, caseless } = readLocationName(location.args);
  const language = kind === 'regex' ? languageOf(name, caseless) : null;
  const found = language && textBetween([language, belowAFile]);
  if (typeof found !== 'object' || found === null || !runsByPath(scope) || looksForFile(scope)) return;
  report({
    span: spanOfArgument(directive, 0),
    message: `"GET ${found.text}" is passed to PHP, whether such a script is there or not`,
    why: 'With cgi.fix_pathinfo, its default, PHP looks for the nearest file further up and runs that: a picture that somebody uploaded. Since PHP 5.3.9 security.limit_extensions stops this, unless it was emptied.',
    help: `write "${check}": with another fastcgi_split_path_info, "if (!-f $document_root$fastcgi_script_name) { return 404; }"`,
    related: [{ message: 'any path that ends so matches', span: spanOfHead(location) }],
    fix:
      usesIn(scope, 'fastcgi_split_path_info').length > 0
        ? undefined
        : { title: 'ask first whether the script is there', safety: 'unsafe', edits: [insertBefore(directive, [check])] },
  });
}

/** The script is named by the path, not by a constant. */
function runsByPath(scope: Scope): boolean {
  const script = effective(scope, 'fastcgi_param').findLast(({ directive }) => directive.args[0] === 'SCRIPT_FILENAME');
  return (
    script !== undefined && /\$(?:fastcgi_script_name|request_filename|uri|document_uri)\b/.test(script.directive.args[1] ?? '')
  );
}

/** `try_files`, or a condition on a file. */
function looksForFile(scope: Scope): boolean {
  const tries = usesIn(scope, 'try_files').some(({ directive }) =>
    directive.args.some((word) => /\$(uri|document_uri|fastcgi_script_name|script_name|1)\b/.test(word)),
  );
  return tries || usesIn(scope, 'if').some(({ directive }) => /!?-[fe]\b/.test(directive.args.join(' ')));
}
