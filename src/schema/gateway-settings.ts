import { list, value } from './setting.ts';
import type { Bind, NextUpstream } from './values/gateway.ts';
import type { TempPath } from './values/path.ts';
import type { Buffers } from './values/size.ts';

/** Settings that `proxy_…`, `fastcgi_…`, `uwsgi_…` and `scgi_…` have in common, with nginx's defaults. Times in milliseconds. */
export const gatewaySettings = {
  bind: value<Bind | null | undefined>(undefined),
  bufferSize: value(4096),
  buffering: value(true),
  buffers: value<Buffers>({ count: 8, size: 4096 }),
  busyBuffersSize: value<number | undefined>(undefined),
  connectTimeout: value(60_000),
  forceRanges: value(false),
  hideHeaders: list<string>(),
  ignoreClientAbort: value(false),
  ignoreHeaders: list<readonly string[]>(),
  interceptErrors: value(false),
  limitRate: value('0'),
  maxTempFileSize: value(1024 ** 3),
  nextUpstream: list<readonly NextUpstream[]>([['error', 'timeout']]),
  nextUpstreamTimeout: value(0),
  nextUpstreamTries: value(0),
  passHeaders: list<string>(),
  passRequestBody: value(true),
  passRequestHeaders: value(true),
  readTimeout: value(60_000),
  requestBuffering: value(true),
  sendTimeout: value(60_000),
  tempFileWriteSize: value<number | undefined>(undefined),
  tempPath: value<TempPath | undefined>(undefined),
};
