import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Context } from '../../schema/contexts.ts';
import * as contexts from '../../schema/contexts.ts';

/** One block while it is read: what nginx keeps in its modules' confs of that level. */
export class Frame {
  /** One context bit. */
  readonly context: Context;
  readonly directive: ConfigDirective | null;
  readonly parent: Frame | null;
  /** Blocks inside, in the order in which they were opened. */
  readonly frames: Frame[] = [];
  /** What directives have set here, by the field they fill. */
  readonly fields = new Map<string, unknown>();

  constructor(context: Context, directive: ConfigDirective | null, parent: Frame | null) {
    this.context = context;
    this.directive = directive;
    this.parent = parent;
    parent?.frames.push(this);
  }

  /** The value set here, or the nearest one outside. */
  inherited<T>(field: string): T | undefined {
    for (let at: Frame | null = this; at; at = at.parent) {
      const value = at.fields.get(field);
      if (value !== undefined) return value as T;
    }
    return undefined;
  }

  own<T>(field: string): T | undefined {
    return this.fields.get(field) as T | undefined;
  }

  /** The nearest block around (or this one) in one of these contexts. */
  nearest(wanted: Context): Frame | undefined {
    for (let at: Frame | null = this; at; at = at.parent) if (at.context & wanted) return at;
    return undefined;
  }

  is(wanted: Context): boolean {
    return (this.context & wanted) !== 0;
  }
}

/** Blocks whose modules' confs are merged as locations: locations themselves and what nginx treats as nameless ones. */
export const locationLike = contexts.location | contexts.ifInServer | contexts.ifInLocation | contexts.limitExcept;
