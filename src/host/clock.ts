/** The day it is here, `2026-11-22`. */
export function today(now = new Date()): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Milliseconds since the process began, with fractions. */
export function milliseconds(): number {
  return performance.now();
}

/** Milliseconds since 1970, as files are stamped. */
export function timestamp(): number {
  return Date.now();
}
