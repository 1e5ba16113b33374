import * as say from '../../diagnostics/nginx-messages.ts';
import { events } from '../../schema/contexts.ts';
import { parseCidr } from '../../schema/values/grammar/cidr.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { knowsHost } from './host-names.ts';
import { loads } from './host-paths.ts';
import type { Call, Run } from './run.ts';

/** FD_SETSIZE of glibc */
const mostSelected = 1024;

/** ngx_events_block */
export function eventsBlock(call: Call): void {
  if (!call.set(true)) return;
  const inside = call.enter(events);
  const connections = inside.own<number>('worker_connections') ?? 512;
  // ngx_select_init_conf
  if (inside.own('use') === 'select' && connections > mostSelected) {
    call.log('emerg', say.selectTooSmall(mostSelected), { directive: call.directive, nowhere: true });
  }
}

/** ngx_load_module; a file that the target does not bring is the module it is called after. */
export function loadModule(call: Call): void {
  const { run } = call;
  if (run.root.frames.length > 0) return call.refuse('is specified too late');
  if (!loads(call)) return;
  const file = call.arg(0).slice(call.arg(0).lastIndexOf('/') + 1);
  const loaded = run.share('loaded modules', () => new Set<string>());
  const names = run.target.dynamic?.get(file) ?? [file.replace(/\.so$/, '')];
  const [first] = names;
  if (first !== undefined && loaded.has(first)) return call.fail(say.alreadyLoaded(first), 0, 'duplicate-directive');
  for (const name of names) loaded.add(name);
  if (run.target.modules) run.load(names);
}

/** ngx_event_connections */
export function workerConnections(call: Call): void {
  if (call.frame.fields.has('worker_connections')) return call.duplicate();
  const count = parseNumber(call.arg(0));
  if (count === undefined) return call.fail(say.invalidNumber(call.arg(0)), 0);
  call.set(count, 'worker_connections');
}

/** ngx_event_use */
export function use(call: Call): void {
  if (call.frame.fields.has('use')) return call.duplicate();
  const [type = ''] = call.args;
  const { modules } = call.run.target;
  if (!['select', 'poll', 'epoll'].includes(type) || (modules && !modules.has(`ngx_${type}_module`)))
    return call.fail(say.invalidEventType(type), 0);
  call.set(type);
}

/** ngx_event_debug_connection */
export function debugConnection(call: Call): void {
  const [word = ''] = call.args;
  const cidr = parseCidr(word);
  if (cidr?.hasHostBits) return call.warn(say.lowBitsMeaningless(word), 0);
  if (!cidr && word !== 'unix:') knowsHost(call, word, say.inDebugConnection);
}

/** ngx_set_worker_processes */
export function workerProcesses(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const [word = ''] = call.args;
  const count = word === 'auto' ? 'auto' : parseNumber(word);
  if (count === undefined) return call.refuse('invalid value', 0);
  call.set(count);
}

/** ngx_set_priority: zero counts as not set. */
export function workerPriority(call: Call): void {
  if (call.frame.own<number>(call.name)) return call.duplicate();
  const value = parseNumber(call.arg(0).replace(/^[+-]/, ''));
  if (value === undefined) return call.refuse('invalid number', 0);
  call.frame.fields.set(call.name, value);
}

/** CPU_SETSIZE of glibc */
const mostCpus = 1024;

/** ngx_set_cpu_affinity */
export function workerCpuAffinity(call: Call): void {
  if (!call.set(call.args)) return;
  const isAuto = call.arg(0) === 'auto';
  if (isAuto && call.args.length > 2)
    return call.fail(say.invalidNumberOfArguments(call.name), undefined, 'invalid-argument-count');
  for (const [arg, mask] of call.args.entries()) {
    if (arg === 0 && isAuto) continue;
    if (mask.length > mostCpus) return call.fail(say.tooManyCpus(mostCpus), arg);
    const bad = [...mask].reverse().find((char) => !' 01'.includes(char));
    if (bad !== undefined) return call.fail(say.invalidCharacter(bad), arg);
  }
}

/** ngx_thread_pool */
export function threadPool(call: Call): void {
  const [name = '', ...words] = call.args;
  const pools = threadPoolsOf(call.run);
  if (pools.get(name)?.defined) return call.fail(say.duplicateThreadPool(name), 0, 'duplicate-directive');
  let threads = 0;
  for (const [index, word] of words.entries()) {
    const [, key = '', value = ''] = /^(threads|max_queue)=(.*)$/s.exec(word) ?? [];
    const number = parseNumber(value);
    if (key === 'threads') {
      if (!number) return call.fail(say.invalidOption('threads value', word), index + 1);
      threads = number;
    } else if (key === 'max_queue' && number === undefined)
      return call.fail(say.invalidOption('max_queue value', word), index + 1);
  }
  if (threads === 0) return call.fail(say.mustHaveParameter(call.name, 'threads'));
  pools.set(name, { name, defined: true, file: call.directive.source.name, line: call.line, directive: call.directive });
}

interface ThreadPool {
  readonly name: string;
  readonly defined: boolean;
  readonly file: string;
  readonly line: number;
  readonly directive: Call['directive'];
}

function threadPoolsOf(run: Run): Map<string, ThreadPool> {
  return run.share('thread pools', () => new Map<string, ThreadPool>());
}

/** ngx_thread_pool_add: `aio threads=NAME` */
export function useThreadPool(call: Call, name: string): void {
  const pools = threadPoolsOf(call.run);
  if (!pools.has(name))
    pools.set(name, { name, defined: false, file: call.directive.source.name, line: call.line, directive: call.directive });
}

/** ngx_thread_pool_init_conf */
export function checkThreadPools(run: Run): void {
  for (const { name, defined, file, line, directive } of threadPoolsOf(run).values()) {
    if (!defined && name !== 'default')
      run.log('emerg', say.unknownThreadPool(name, file, line), { directive, arg: 0, nowhere: true, rule: 'undefined-zone' });
  }
}

/** ngx_core_module_init_conf */
export function checkCpuAffinity(run: Run): void {
  const masks = run.root.own<readonly string[]>('worker_cpu_affinity');
  const processes = run.root.own<number | 'auto'>('worker_processes') ?? 1;
  if (!masks || masks[0] === 'auto' || masks.length === 1 || processes === 'auto' || masks.length === processes) return;
  run.log('warn', say.affinityMasks, { nowhere: true });
}
