import type { Request } from './http/request.ts';

/** A compiled text with variables (nginx: ngx_http_complex_value_t). */
export type Script = (r: Request) => string;
