import { bytesOf } from '../../base/source-text.ts';
import { loadConfig } from '../../check.ts';
import type { Paint } from '../../diagnostics/render/paint.ts';
import { buildModel, type Model } from '../../model/build.ts';
import { compareRoutes } from '../../model/routes/compare.ts';
import { movedRequests } from '../../model/routes/moved.ts';
import { type RouteFilter, routeTable, type ServerRows } from '../../model/routes/table.ts';
import { newestStable } from '../../schema/version.ts';
import { configRootOf } from '../config-root.ts';
import { found, ok } from '../exit-codes.ts';
import { type Streams, UsageError } from '../streams.ts';
import { changesAsText, routesAsText } from './routes-text.ts';

/** The options of `nginxlint routes`. */
export interface RoutesOptions {
  readonly json?: boolean;
  readonly host?: string;
  readonly path?: string;
  /** Compare two configurations. */
  readonly diff?: boolean;
  readonly prefix?: string;
  readonly nginxVersion?: string;
}

/** `nginxlint routes`: 0; with --diff 1 when the two differ. */
export function routesCommand(files: readonly string[], options: RoutesOptions, streams: Streams, paint: Paint): number {
  const [first = '', second] = files;
  if (options.diff && second === undefined)
    throw new UsageError('--diff compares two configurations: nginxlint routes --diff OLD NEW');
  if (!options.diff && second !== undefined) throw new UsageError('two configurations are compared with --diff');
  return second === undefined ? show(first, options, streams, paint) : compare(first, second, options, streams, paint);
}

function show(file: string, options: RoutesOptions, streams: Streams, paint: Paint): number {
  const servers = rowsOf(modelOf(file, options, streams), options);
  if (options.json) streams.stdout.write(`${JSON.stringify({ version: 1, file, servers }, null, 2)}\n`);
  else streams.stdout.write(routesAsText(servers, { file, width: widthOf(streams), paint }));
  return ok;
}

function compare(oldFile: string, newFile: string, options: RoutesOptions, streams: Streams, paint: Paint): number {
  const [before, after] = [modelOf(oldFile, options, streams), modelOf(newFile, options, streams)];
  const changes = compareRoutes(rowsOf(before, options), rowsOf(after, options));
  const moved = movedRequests(before, after).filter(({ names }) => options.host === undefined || names.includes(options.host));
  const differs = changes.length + moved.length > 0;
  if (options.json)
    streams.stdout.write(`${JSON.stringify({ version: 1, old: oldFile, new: newFile, differs, changes, moved }, null, 2)}\n`);
  else streams.stdout.write(changesAsText(changes, moved, paint));
  return differs ? found : ok;
}

function rowsOf(model: Model, { host, path, nginxVersion }: RoutesOptions): readonly ServerRows[] {
  const filter: RouteFilter = {
    ...(host === undefined ? {} : { host: host.toLowerCase() }),
    ...(path === undefined ? {} : { path: bytesOf(path).replace(/[?#].*$/s, '') }),
  };
  return routeTable(model, nginxVersion?.split('..').at(-1) ?? newestStable, filter);
}

function modelOf(file: string, { prefix }: RoutesOptions, streams: Streams): Model {
  const { value, diagnostics } = loadConfig(configRootOf(file, prefix, streams));
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    streams.stderr.write(`nginxlint: ${file} has errors that nginx would not get past; what could be read is shown\n`);
  return buildModel(value);
}

/** Nothing is cut off for a program that reads it. */
function widthOf({ env, stdout }: Streams): number {
  const columns = Number(env.COLUMNS) || (stdout.isTTY ? (stdout.columns ?? 100) : Infinity);
  return Math.max(60, columns);
}
