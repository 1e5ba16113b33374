/** Languages whose code stands in nginx configuration as a block. */
export type RawLanguage = 'lua' | 'js';

/** The language of a block that a directive of this name opens, where the name alone tells. */
export function rawLanguage(name: string): RawLanguage | null {
  if (name.endsWith('_by_lua_block')) return 'lua';
  return name.startsWith('js_') ? 'js' : null;
}

/*
 * What must be stepped over whole, so that braces in it do not count: strings, comments, and Lua's long
 * brackets. Whatever is cut off by the end of the text runs to that end.
 */
const opaque: Readonly<Record<RawLanguage, RegExp>> = {
  lua: /--\[(=*)\[[\s\S]*?(?:\]\1\]|$)|--[^\n]*|\[(=*)\[[\s\S]*?(?:\]\2\]|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[{}]/g,
  js: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|`(?:[^`\\]|\\[\s\S])*`?|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[{}]/g,
};

/**
 * The offset of the `}` that closes the foreign block whose `{` stands at `open`, or -1 when none does.
 * Lua as lua-nginx-module's own reader cuts it (ngx_http_lua_conf_read_lua_token): by its strings, comments and braces.
 */
export function endOfRawBlock(text: string, open: number, language: RawLanguage): number {
  const token = opaque[language];
  token.lastIndex = open;
  let depth = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{') depth++;
    else if (match[0] === '}' && --depth === 0) return match.index;
  }
  return -1;
}
