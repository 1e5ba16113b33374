import type { ConfigDirective } from '../../config/config-tree.ts';
import { fullName } from '../../config/paths.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import type { Call, Run } from './run.ts';

interface Path {
  readonly user: string;
  readonly levels: string;
  readonly file: string;
  readonly line: number;
  readonly directive: ConfigDirective;
}

/** Directories that nginx makes before it starts, by their full paths, in its order. */
export function pathsOf(run: Run): Map<string, Path> {
  return run.share('paths', () => new Map<string, Path>());
}

/** ngx_add_path */
export function addPath(call: Call, written: string, levels: string): boolean {
  const paths = pathsOf(call.run);
  const path = fullName(call.run.prefix, written);
  const user = call.name.endsWith('_cache_path') ? `${call.name} ${paths.size}` : call.name;
  const known = paths.get(path);
  if (!known) {
    paths.set(path, { user, levels, file: call.directive.source.name, line: call.line, directive: call.directive });
    return true;
  }
  if (known.user !== user) {
    call.fail(say.pathInUse(path, known.file, known.line), 0, 'zone-conflict');
    return false;
  }
  if (known.levels === levels) return true;
  call.fail(say.pathLevelsDiffer(path, known.file, known.line), 0, 'zone-conflict');
  return false;
}
