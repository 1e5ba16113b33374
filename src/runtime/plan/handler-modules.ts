import type { AnyModule, PhaseHandler } from '../hooks.ts';

const modules = new WeakMap<PhaseHandler, string>();

/** Notes whose handler it is, for those who listen to its verdicts. */
export function handlerOf<T extends PhaseHandler>(handler: T | undefined, { name }: AnyModule): T | undefined {
  if (handler) modules.set(handler, name);
  return handler;
}

/** The module that a handler belongs to: `ngx_http_access_module`. */
export function moduleOf(handler: PhaseHandler): string {
  return modules.get(handler) ?? '';
}
