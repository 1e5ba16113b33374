declare const __VERSION__: string | undefined;

/** Our own version, written in by the build. */
export const version = typeof __VERSION__ === 'undefined' ? 'development' : __VERSION__;
