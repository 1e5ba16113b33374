import type { Model } from '../../model/build.ts';
import { effectiveOne } from '../../model/inherited.ts';
import { referencesOf } from '../../model/references.ts';
import { parseSize } from '../../schema/values/size.ts';
import { Ledger } from '../gaps.ts';
import type { Compiled, Target } from '../target.ts';
import { loneUpstreams } from './backend.ts';
import { frontends } from './frontend.ts';
import type { HaproxyOptions, Job, Section } from './job.ts';
import { sayTheRest } from './nothing.ts';
import { streamListens } from './stream.ts';
import { Names } from './words.ts';
import { writeSections } from './write.ts';

/** HAProxy 2.4 and later. */
export const haproxy: Target<HaproxyOptions> = { name: 'haproxy', compile };

function compile(model: Model, options: HaproxyOptions): Compiled {
  const globals = { bufferSize: 0, usesTls: false, normalises: false };
  const passes = new Map(referencesOf(model).passes.flatMap((pass) => (pass.inStream ? [] : [[pass.scope, pass] as const])));
  const job: Job = {
    model,
    ledger: new Ledger(),
    options,
    names: new Names(),
    extras: [],
    backends: [],
    bodies: new Map(),
    passes,
    globals,
  };
  const front = [...frontends(job), ...streamListens(job)];
  if (front.length === 0) loneUpstreams(job);
  readBufferSizes(job);
  sayTheRest(job);
  const tables = job.extras.filter(({ kind }) => kind === 'backend');
  const others = job.extras.filter(({ kind }) => kind !== 'backend');
  const sections = [globalSection(job), defaults, ...others, ...front, ...job.backends, ...tables];
  return { text: writeSections(sections), gaps: job.ledger.inOrder(model.config.files.map(({ source }) => source)) };
}

/** The largest of `proxy_buffer_size`: an answer's head must fit into HAProxy's buffer. */
function readBufferSizes({ model, ledger, globals }: Job): void {
  for (const pass of referencesOf(model).passes) {
    const use = pass.inStream ? undefined : effectiveOne(pass.scope, `${pass.protocol}_buffer_size`);
    if (!use) continue;
    globals.bufferSize = Math.max(globals.bufferSize, parseSize(use.directive.args[0] ?? '') ?? 0);
    ledger.mapped(use.directive, 'tune.bufsize, for all backends');
  }
}

/** HAProxy's own buffer. */
const usualBuffer = 16_384;

function globalSection({ globals }: Job): Section {
  const lines = [
    'log stdout format raw local0',
    ...(globals.normalises ? ['expose-experimental-directives'] : []),
    ...(globals.usesTls ? ['ssl-load-extra-del-ext'] : []),
    ...(globals.bufferSize > usualBuffer ? [`tune.bufsize ${globals.bufferSize}`] : []),
  ];
  return { kind: 'global', name: '', lines };
}

/** nginx's defaults. */
const defaults: Section = {
  kind: 'defaults',
  name: '',
  lines: [
    'mode http',
    'log global',
    'option httplog',
    'timeout connect 60s',
    'timeout client 60s',
    'timeout server 60s',
    'timeout http-request 60s',
    'timeout http-keep-alive 75s',
  ],
};
