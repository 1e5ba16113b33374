import type { RequestState } from './request-state.ts';

/** Whether a response is of a type that a filter takes (ngx_http_test_content_type). */
export type MediaTypeTest = (r: RequestState) => boolean;

/** Closes over the words of `…_types` lines; text/html is always one of them, `*` means all. */
export function mediaTypeTest(lines: readonly (readonly string[])[]): MediaTypeTest {
  const words = lines.flat();
  if (words.includes('*')) return () => true;
  const types = new Set(['text/html', ...words.map((word) => word.toLowerCase())]);
  return ({ headersOut: { contentType } }) =>
    contentType !== '' && types.has(contentType.slice(0, typeLength(contentType)).toLowerCase());
}

/** Where a charset parameter begins, or the whole length: other parameters belong to the type (nginx: content_type_len). */
export function typeLength(contentType: string): number {
  if (!contentType.includes(';')) return contentType.length;
  const at = contentType.search(/; *charset=/i);
  return at < 0 ? contentType.length : at;
}

/** The charset that a Content-Type names, without quotes; '' when it names none (ngx_http_upstream_copy_content_type). */
export function charsetOf(contentType: string): string {
  if (!contentType.includes(';')) return '';
  const [, name = ''] = /; *charset="?(.*?)"?$/i.exec(contentType) ?? [];
  return name;
}
