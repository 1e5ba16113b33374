/** Nothing to complain about. */
export const ok = 0;

/** It ran, and found what it looks for: findings, differences, failed expectations. */
export const found = 1;

/** It could not run: wrong options, a file that can't be read, a configuration that can't be started. */
export const failed = 2;

/** Part of the configuration means something that we do not do, and the user asked to be told (`--strict`). */
export const unsupported = 3;
